import { attributes, trainingMetrics as metric } from '@modelmeter/core';
import { afterEach, expect, test, vi } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { describeEachBackend, type TensorFlow } from '../backends.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { BATCH_SIZE, smallData, smallDataset, smallModel } from '../small-model.ts';

afterEach(() => vi.restoreAllMocks());

/** Trains on five batches, where `args` leaves it at that. */
async function fitted(tf: TensorFlow, args: { epochs: number; batchesPerEpoch?: number; initialEpoch?: number }, size: number | null = 5) {
  const { registry, collect } = testRegistry();
  const dataset = Object.assign(smallDataset(tf), { size });
  const { history } = await smallModel(tf).fitDataset(dataset, { ...args, verbose: 0, callbacks: fitMetrics(tf, { registry }) });
  const values = await collect();
  expect(values.value(metric.trainingLoss)).toBe(history['loss']?.at(-1));
  expect(values.value(metric.trainingRuns, { [attributes.trainingResult.key]: 'success' })).toBe(1);
  const [steps, samples] = [values.value(metric.trainingSteps), values.value(metric.trainingSamples)];
  expect(samples).toBe((steps as number) * BATCH_SIZE);
  return { steps, epoch: values.value(metric.trainingEpoch), progress: values.value(metric.trainingProgress) };
}

describeEachBackend((tf) => {
  test('a dataset that does not know its size has steps but no progress', async () => {
    expect(await fitted(tf, { epochs: 2 }, null)).toEqual({ steps: 10, epoch: 2, progress: undefined });
  });

  test('batchesPerEpoch is the plan, whatever the size of the dataset', async () => {
    expect(await fitted(tf, { epochs: 2, batchesPerEpoch: 2 })).toEqual({ steps: 4, epoch: 2, progress: 1 });
    expect(await fitted(tf, { epochs: 2, batchesPerEpoch: 2 }, null)).toEqual({ steps: 4, epoch: 2, progress: 1 });
  });

  test('a batchesPerEpoch that the dataset cannot serve leaves the progress where it stops', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect(await fitted(tf, { epochs: 2, batchesPerEpoch: 4 })).toEqual({ steps: 5, epoch: 2, progress: 5 / 8 });
  });

  test('a fitDataset that begins at a later epoch plans the rest', async () => {
    expect(await fitted(tf, { epochs: 5, initialEpoch: 3 })).toEqual({ steps: 10, epoch: 5, progress: 1 });
  });

  test('a fit that begins at a later epoch plans the rest, and one that has nothing left to do is a success', async () => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const callbacks = fitMetrics(tf, { registry, model: 'late', runId: false });
    const fit = { epochs: 5, batchSize: BATCH_SIZE, verbose: 0, callbacks };
    await smallModel(tf).fit(xs, ys, { ...fit, initialEpoch: 3 });
    const values = await collect();
    expect(values.value(metric.trainingSteps)).toBe(10);
    expect(values.value(metric.trainingEpoch)).toBe(5);
    expect(values.value(metric.trainingProgress)).toBe(1);
    await smallModel(tf).fit(xs, ys, { ...fit, initialEpoch: 5 });
    expect((await collect()).value(metric.trainingRuns, { [attributes.trainingResult.key]: 'success' })).toBe(2);
    expect((await collect()).value(metric.trainingSteps)).toBe(10);
  });
});
