import { attributes, trainingMetrics as metric } from '@modelmeter/core';
import type { LayersModel } from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { parameterNorms } from '../../src/probes/parameter-norms.ts';
import { describeEachBackend } from '../backends.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { modelKinds, type ModelKind } from '../model-kinds.ts';
import { BATCH_SIZE } from '../small-model.ts';

const layer = attributes.layerName.key;
const RELATIVE_TOLERANCE = 1e-5;

/** The trainable weights by layer, all of them in one array. */
function weightsByLayer(model: LayersModel): Map<string, number[]> {
  const weights = model.layers.map(({ name, trainableWeights }) => {
    return [name, trainableWeights.flatMap((weight) => [...weight.read().dataSync()])] as const;
  });
  return new Map(weights.filter(([, values]) => values.length > 0));
}

const norm = (values: readonly number[]) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
const change = (now: readonly number[], before: readonly number[]) => norm(now.map((value, i) => value - (before[i] as number)));

function expectClose(actual: number | undefined, expected: number): void {
  expect(Math.abs((actual as number) / expected - 1), `${actual as number} for ${expected}`).toBeLessThan(RELATIVE_TOLERANCE);
}

describeEachBackend((tf) => {
  test.each(Object.keys(modelKinds) as ModelKind[])(
    'norms and relative updates of a %s model, whole and by layer, are those of its weights',
    async (kind) => {
      const { registry, collect } = testRegistry();
      const { model, xs, ys } = modelKinds[kind](tf);
      const epochs: Map<string, number[]>[] = [weightsByLayer(model)];
      const looking = new tf.CustomCallback({ onEpochEnd: async () => void epochs.push(weightsByLayer(model)) }, 'never');
      const callbacks = [fitMetrics(tf, { registry, probes: [parameterNorms({ layers: true })] }), looking];
      await model.fit(xs, ys, { epochs: 3, batchSize: BATCH_SIZE, verbose: 0, callbacks });
      const values = await collect();
      const [before, after] = epochs.slice(-2) as [Map<string, number[]>, Map<string, number[]>];
      expectClose(values.value(metric.trainingParameterNorm, { [layer]: undefined }), norm([...after.values()].flat()));
      const all = [...before.values()].flat();
      const wholeUpdate = change([...after.values()].flat(), all) / norm(all);
      expectClose(values.value(metric.trainingParameterRelativeUpdate, { [layer]: undefined }), wholeUpdate);
      for (const [name, weights] of after) {
        const old = before.get(name) as number[];
        expectClose(values.value(metric.trainingParameterNorm, { [layer]: name }), norm(weights));
        expectClose(values.value(metric.trainingParameterRelativeUpdate, { [layer]: name }), change(weights, old) / norm(old));
      }
      expect(values.all(metric.trainingParameterNorm)).toHaveLength(after.size + 1);
    },
  );

  test('after the first epoch the update is relative to the weights that the fit began with', async () => {
    const { registry, collect } = testRegistry();
    const { model, xs, ys } = modelKinds.sequential(tf);
    const before = [...weightsByLayer(model).values()].flat();
    await model.fit(xs, ys, {
      epochs: 1,
      batchSize: BATCH_SIZE,
      verbose: 0,
      callbacks: fitMetrics(tf, { registry, probes: [parameterNorms()] }),
    });
    const after = [...weightsByLayer(model).values()].flat();
    const values = await collect();
    expect(values.all(metric.trainingParameterNorm)).toHaveLength(1);
    expectClose(values.value(metric.trainingParameterNorm), norm(after));
    expectClose(values.value(metric.trainingParameterRelativeUpdate), change(after, before) / norm(before));
  });

  test('weights that are not trained are no part of it', async () => {
    const { registry, collect } = testRegistry();
    const { model, xs, ys } = modelKinds.sequential(tf);
    (model.layers[0] as { trainable: boolean }).trainable = false;
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    await model.fit(xs, ys, { epochs: 1, verbose: 0, callbacks: fitMetrics(tf, { registry, probes: [parameterNorms({ layers: true })] }) });
    const trained = [...(weightsByLayer(model).get((model.layers[1] as { name: string }).name) as number[])];
    const values = await collect();
    expectClose(values.value(metric.trainingParameterNorm, { [layer]: undefined }), norm(trained));
    expect(values.all(metric.trainingParameterNorm)).toHaveLength(2);
  });

  test('without the probe there is none', async () => {
    const { registry, collect } = testRegistry();
    const { model, xs, ys } = modelKinds.sequential(tf);
    await model.fit(xs, ys, { epochs: 1, verbose: 0, callbacks: fitMetrics(tf, { registry }) });
    const values = await collect();
    expect(values.all(metric.trainingParameterNorm)).toEqual([]);
    expect(values.all(metric.trainingGradientNorm)).toEqual([]);
  });
});
