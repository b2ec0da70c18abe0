import { attributes, trainingMetrics as metric } from '@modelmeter/core';
import { expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { describeEachBackend, type TensorFlow } from '../backends.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import type { Hook } from '../counting-callback.ts';
import { BATCH_SIZE, smallData, smallDataset, smallModel } from '../small-model.ts';

const EPOCHS = 3;
const result = attributes.trainingResult.key;
const split = attributes.datasetSplit.key;

/** Trains with a callback that stops the model in one hook, when that is called for the `at`-th time. */
async function stoppedFit(tf: TensorFlow, method: 'fit' | 'fitDataset', hook: Hook, at: number, place: 'before' | 'after') {
  const { registry, collect } = testRegistry();
  const { xs, ys } = smallData(tf);
  const model = smallModel(tf);
  let calls = 0;
  const stop = async () => {
    if (++calls === at) model.stopTraining = true;
  };
  const stopping = new tf.CustomCallback({ [hook]: stop }, 'never');
  const measuring = fitMetrics(tf, { registry });
  const callbacks = place === 'before' ? [stopping, measuring] : [measuring, stopping];
  const fit = { epochs: EPOCHS, validationData: [xs, ys] as [typeof xs, typeof ys], verbose: 0, callbacks } as const;
  const { history, epoch } = await (method === 'fit'
    ? model.fit(xs, ys, { ...fit, batchSize: BATCH_SIZE })
    : model.fitDataset(smallDataset(tf), { ...fit, validationBatchSize: BATCH_SIZE }));
  return { history, epoch, values: await collect() };
}

describeEachBackend((tf) => {
  // Each epoch has five steps.
  test.each([
    ['onBatchEnd', 3, 3, 'early_stopped'],
    ['onBatchEnd', 7, 7, 'early_stopped'],
    ['onBatchBegin', 7, 7, 'early_stopped'],
    ['onBatchEnd', 13, 13, 'early_stopped'],
    ['onBatchEnd', 15, 15, 'success'],
    ['onEpochBegin', 2, 6, 'early_stopped'],
    ['onEpochEnd', 1, 5, 'early_stopped'],
    ['onEpochEnd', 3, 15, 'success'],
    // tfjs forgets it: the fit has not begun.
    ['onTrainBegin', 1, 15, 'success'],
  ] as const)('stopTraining in %s, at call %i, ends the run after %i steps as %s', async (hook, at, steps, ending) => {
    for (const method of ['fit', 'fitDataset'] as const) {
      for (const place of ['before', 'after'] as const) {
        const { history, epoch, values } = await stoppedFit(tf, method, hook, at, place);
        const what = `${method}, ${place} ours`;
        expect(values.value(metric.trainingSteps), what).toBe(steps);
        expect(values.value(metric.trainingSamples), what).toBe(steps * BATCH_SIZE);
        expect(values.value(metric.trainingEpoch), what).toBe(epoch.length);
        expect(values.count(metric.trainingEpochDuration), what).toBe(epoch.length);
        expect(values.value(metric.trainingProgress), what).toBeCloseTo(steps / 15, 12);
        expect(values.value(metric.trainingLoss, { [split]: 'train' }), what).toBe(history['loss']?.at(-1));
        expect(values.value(metric.trainingLoss, { [split]: 'validation' }), what).toBe(history['val_loss']?.at(-1));
        expect(values.value(metric.trainingRuns, { [result]: ending }), what).toBe(1);
        expect(values.value(metric.trainingRunActive), what).toBe(0);
      }
    }
  });
});
