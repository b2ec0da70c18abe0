import { attributes, trainingMetrics as metric } from '@modelmeter/core';
import type { Sequential } from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { describeEachBackend, type TensorFlow } from '../backends.ts';
import { type CollectedValues, testRegistry } from '@modelmeter/test-kit/collected-values';
import { BATCH_SIZE, SAMPLES, smallData, smallDataset, smallModel } from '../small-model.ts';

const name = attributes.modelName.key;
const split = attributes.datasetSplit.key;
const result = attributes.trainingResult.key;

/** As `smallModel`, with a name of its own. */
function namedModel(tf: TensorFlow, model: string): Sequential {
  const { layers } = smallModel(tf);
  const named = tf.sequential({ name: model, layers });
  named.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  return named;
}

function expectRun(values: CollectedValues, model: string, steps: number, epochs: number, loss: unknown): void {
  const of = { [name]: model };
  expect(values.value(metric.trainingSteps, of)).toBe(steps);
  expect(values.value(metric.trainingEpoch, of)).toBe(epochs);
  expect(values.value(metric.trainingProgress, of)).toBe(1);
  expect(values.value(metric.trainingLoss, { ...of, [split]: 'train' })).toBe(loss);
  expect(values.value(metric.trainingRuns, { ...of, [result]: 'success' })).toBe(1);
  expect(values.value(metric.trainingRunActive, of)).toBe(0);
}

describeEachBackend((tf) => {
  test.each(['one instance', 'an instance each'])('two models trained at once with %s have runs of their own', async (instances) => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const first = fitMetrics(tf, { registry });
    const second = instances === 'one instance' ? first : fitMetrics(tf, { registry });
    const fit = { batchSize: BATCH_SIZE, validationSplit: 0.2, verbose: 0 } as const;
    const [short, long] = await Promise.all([
      namedModel(tf, 'short').fit(xs, ys, { ...fit, epochs: 2, callbacks: first }),
      namedModel(tf, 'long').fit(xs, ys, { ...fit, epochs: 5, batchSize: SAMPLES, callbacks: second }),
    ]);
    const values = await collect();
    expectRun(values, 'short', 8, 2, short.history['loss']?.at(-1));
    expectRun(values, 'long', 5, 5, long.history['loss']?.at(-1));
  });

  test('a fit and a fitDataset at once with one instance have runs of their own', async () => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const callbacks = fitMetrics(tf, { registry });
    const [tensors, dataset] = await Promise.all([
      namedModel(tf, 'tensors').fit(xs, ys, { epochs: 2, batchSize: BATCH_SIZE, verbose: 0, callbacks }),
      namedModel(tf, 'dataset').fitDataset(smallDataset(tf), { epochs: 3, verbose: 0, callbacks }),
    ]);
    const values = await collect();
    expectRun(values, 'tensors', 10, 2, tensors.history['loss']?.at(-1));
    expectRun(values, 'dataset', 15, 3, dataset.history['loss']?.at(-1));
  });

  test('of two fits at once the one that throws is a failure, and the other one is not', async () => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const callbacks = fitMetrics(tf, { registry });
    const failing = new tf.CustomCallback({ onEpochEnd: () => Promise.reject(new Error('full')) }, 'never');
    const [failed, good] = await Promise.allSettled([
      namedModel(tf, 'failing').fit(xs, ys, { epochs: 2, verbose: 0, callbacks: [callbacks, failing] }),
      namedModel(tf, 'good').fit(xs, ys, { epochs: 2, batchSize: BATCH_SIZE, verbose: 0, callbacks }),
    ]);
    const values = await collect();
    expect(failed).toMatchObject({ status: 'rejected', reason: { message: 'full' } });
    expect(values.value(metric.trainingRuns, { [name]: 'failing', [result]: 'failure' })).toBe(1);
    expect(values.value(metric.trainingRunActive, { [name]: 'failing' })).toBe(0);
    expectRun(values, 'good', 10, 2, good.status === 'fulfilled' ? good.value.history['loss']?.at(-1) : undefined);
  });

  test.each(['the same instance', 'another'])('a fit inside a callback of a fit, with %s, is a run of its own', async (instance) => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const outer = fitMetrics(tf, { registry });
    const inner = instance === 'another' ? fitMetrics(tf, { registry }) : outer;
    const losses: unknown[] = [];
    const nesting = new tf.CustomCallback(
      {
        onEpochEnd: async () => {
          const { history } = await namedModel(tf, 'inner').fit(xs, ys, { epochs: 1, batchSize: BATCH_SIZE, verbose: 0, callbacks: inner });
          losses.push(history['loss']?.at(-1));
        },
      },
      'never',
    );
    const fit = { epochs: 2, batchSize: SAMPLES / 2, verbose: 0, callbacks: [outer, nesting] };
    const { history } = await namedModel(tf, 'outer').fit(xs, ys, fit);
    const values = await collect();
    expectRun(values, 'outer', 4, 2, history['loss']?.at(-1));
    expect(values.value(metric.trainingSteps, { [name]: 'inner' })).toBe(10);
    expect(values.value(metric.trainingRuns, { [name]: 'inner', [result]: 'success' })).toBe(2);
    const innerLosses = values.all(metric.trainingLoss).filter(([has]) => has[name] === 'inner');
    expect(innerLosses.map(([, loss]) => loss)).toEqual(losses);
    expect(values.value(metric.trainingRunActive, { [name]: 'inner' })).toBe(0);
  });
});
