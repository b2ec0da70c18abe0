import { attributes, trainingMetrics as metric } from '@modelmeter/core';
import type { CustomCallback, Tensor } from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { describeEachBackend, type TensorFlow } from '../backends.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { FakeClock } from '@modelmeter/test-kit/fake-clock';
import { BATCH_SIZE, smallData, smallDataset, smallModel, STEPS_PER_EPOCH } from '../small-model.ts';

const STEP_SECONDS = 0.5;
const VALIDATION_BATCH_SECONDS = 4;
const CALLBACK_SECONDS = 0.125;
const EPOCHS = 3;
const activity = attributes.trainingActivity.key;

/** A loss that takes half a second of a step, and four seconds where it is computed for validation. */
function slowLoss(tf: TensorFlow, clock: FakeClock) {
  return (yTrue: Tensor, yPred: Tensor): Tensor => {
    clock.advance(tf.engine().state.gradientDepth > 0 ? STEP_SECONDS : VALIDATION_BATCH_SECONDS);
    return tf.metrics.meanSquaredError(yTrue, yPred);
  };
}

/** A callback of the user's that takes its time after every step. */
function slowCallback(tf: TensorFlow, clock: FakeClock): CustomCallback {
  return new tf.CustomCallback({ onBatchEnd: async () => clock.advance(CALLBACK_SECONDS) }, 'never');
}

describeEachBackend((tf) => {
  describe('by a clock that only moves where it is told to', () => {
    test('fit books steps, validation and callbacks exactly, and steps exclude validation', async () => {
      const clock = new FakeClock();
      const { registry, collect } = testRegistry({ clock });
      const { xs, ys } = smallData(tf);
      await smallModel(tf, { loss: slowLoss(tf, clock) }).fit(xs, ys, {
        epochs: EPOCHS,
        batchSize: BATCH_SIZE,
        validationSplit: 0.2,
        verbose: 0,
        callbacks: [fitMetrics(tf, { registry, clock }), slowCallback(tf, clock)],
      });
      const values = await collect();
      const steps = EPOCHS * STEPS_PER_EPOCH;
      // The fifth of the samples that is for validation is one batch.
      const validation = EPOCHS * VALIDATION_BATCH_SECONDS;
      const time = (name: string) => values.value(metric.trainingTime, { [activity]: name });
      expect(time('compile')).toBe(STEP_SECONDS);
      expect(time('compute')).toBe((steps - 1) * STEP_SECONDS);
      expect(time('validation')).toBe(validation);
      expect(time('callback')).toBe(steps * CALLBACK_SECONDS);
      expect(time('other')).toBe(0);
      expect(time('data_wait')).toBeUndefined();
      expect(values.count(metric.trainingStepDuration)).toBe(steps - 1);
      expect(values.value(metric.trainingStepDuration)).toBe((steps - 1) * STEP_SECONDS);
      const whole = steps * (STEP_SECONDS + CALLBACK_SECONDS) + validation;
      expect(values.value(metric.trainingEpochDuration)).toBe(whole);
      expect(values.value(metric.trainingRunDuration)).toBe(whole);
      expect(values.value(metric.trainingRunStartTime)).toBe(1_700_000_000);
      expect(values.value(metric.trainingRunEndTime)).toBe(1_700_000_000 + whole);
    });

    test.each(['tensors', 'a dataset'])('fitDataset books data wait and validation on %s exactly', async (kind) => {
      const clock = new FakeClock();
      const { registry, collect } = testRegistry({ clock });
      const dataset = smallDataset(tf, () => clock.advance(0.25));
      const { xs, ys } = smallData(tf);
      const validationData = kind === 'tensors' ? ([xs, ys] as [Tensor, Tensor]) : smallDataset(tf, () => clock.advance(16));
      await smallModel(tf, { loss: slowLoss(tf, clock) }).fitDataset(dataset, {
        epochs: EPOCHS,
        validationData,
        validationBatchSize: BATCH_SIZE,
        verbose: 0,
        callbacks: fitMetrics(tf, { registry, clock }),
      });
      const values = await collect();
      const time = (name: string) => values.value(metric.trainingTime, { [activity]: name });
      const batches = 5;
      expect(time('compile')).toBe(STEP_SECONDS);
      expect(time('compute')).toBe((EPOCHS * batches - 1) * STEP_SECONDS);
      // Each epoch asks once more than there are batches, to hear that it is over.
      expect(time('data_wait')).toBe(EPOCHS * (batches + 1) * 0.25);
      const validationSeconds = batches * VALIDATION_BATCH_SECONDS + (kind === 'tensors' ? 0 : (batches + 1) * 16);
      expect(time('validation')).toBe(EPOCHS * validationSeconds);
      expect(values.value(metric.trainingStepDuration)).toBe((EPOCHS * batches - 1) * STEP_SECONDS);
      const activities = values.all(metric.trainingTime).map(([, seconds]) => seconds as number);
      expect(activities.reduce((sum, seconds) => sum + seconds, 0)).toBe(values.value(metric.trainingRunDuration));
    });

    test('the time of the last step and the running times are readable while the fit goes on', async () => {
      const clock = new FakeClock();
      const { registry, collect } = testRegistry({ clock });
      const { xs, ys } = smallData(tf);
      const seen: unknown[] = [];
      const look = async (epoch: number) => {
        const values = await collect();
        seen.push([
          epoch,
          values.value(metric.trainingLastStepTime),
          values.value(metric.trainingRunActive),
          values.value(metric.trainingRunEndTime),
        ]);
      };
      const callbacks = [fitMetrics(tf, { registry, clock }), new tf.CustomCallback({ onEpochEnd: look }, 'never')];
      await smallModel(tf, { loss: slowLoss(tf, clock) }).fit(xs, ys, { epochs: 2, batchSize: 20, verbose: 0, callbacks });
      expect(seen).toEqual([
        [0, 1_700_000_001, 1, undefined],
        [1, 1_700_000_002, 1, undefined],
      ]);
    });
  });
});
