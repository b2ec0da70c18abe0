import { attributes, trainingMetrics as metric } from '@modelmeter/core';
import { expect, test } from 'vitest';
import type { FitCallback } from '../../src/fit/fit-callback.ts';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { gradientNorm } from '../../src/probes/gradient-norm.ts';
import { parameterNorms } from '../../src/probes/parameter-norms.ts';
import { saveTime } from '../../src/probes/save-time.ts';
import { describeEachBackend, type TensorFlow } from '../backends.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { datasetOf, modelKinds, type ModelKind } from '../model-kinds.ts';
import { BATCH_SIZE, SAMPLES } from '../small-model.ts';

const EPOCHS = 2;
const STEPS = (EPOCHS * SAMPLES) / BATCH_SIZE;
const probes = [parameterNorms({ layers: true }), gradientNorm({ everySteps: 1 }), saveTime()];
const everything = { probes, batchLossEverySeconds: 0 } as const;

async function trained(tf: TensorFlow, kind: ModelKind, method: string, callbacks?: FitCallback) {
  const { model, xs, ys } = modelKinds[kind](tf);
  const fit = { epochs: EPOCHS, verbose: 0, ...(callbacks && { callbacks }) };
  const { history } = await (method === 'fit'
    ? model.fit(xs, ys, { ...fit, batchSize: BATCH_SIZE, validationSplit: 0, shuffle: false })
    : model.fitDataset(datasetOf({ xs, ys }), fit));
  return { history, weights: model.getWeights().map((weight) => [...weight.dataSync()]) };
}

describeEachBackend((tf) => {
  const kinds = Object.keys(modelKinds) as ModelKind[];
  test.each(kinds.flatMap((kind) => [[kind, 'fit'] as const, [kind, 'fitDataset'] as const]))(
    'a %s model learns the same in %s with every option on, and all of it is counted',
    async (kind, method) => {
      const { registry, collect } = testRegistry();
      const without = await trained(tf, kind, method);
      const measured = await trained(tf, kind, method, fitMetrics(tf, { registry, ...everything }));
      expect(measured).toEqual(without);
      const values = await collect();
      expect(values.value(metric.trainingSteps)).toBe(STEPS);
      expect(values.value(metric.trainingSamples)).toBe(EPOCHS * SAMPLES);
      expect(values.count(metric.trainingStepDuration)).toBe(STEPS - 1);
      const losses = values.all(metric.trainingLoss).filter(([has]) => has[attributes.outputName.key] === undefined);
      expect(losses.map(([, loss]) => loss)).toEqual([measured.history['loss']?.at(-1)]);
      expect(values.value(metric.trainingGradientNorm)).toBeGreaterThan(0);
      expect(values.all(metric.trainingParameterNorm).length).toBeGreaterThan(1);
      expect(values.value(metric.trainingRuns, { [attributes.trainingResult.key]: 'success' })).toBe(1);
    },
  );
});
