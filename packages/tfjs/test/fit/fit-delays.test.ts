import { setTimeout as sleep } from 'node:timers/promises';
import { attributes, trainingMetrics as metric } from '@modelmeter/core';
import type { Tensor } from '@tensorflow/tfjs';
import { beforeEach, describe, expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { callbacks } from '../../src/fit/mixed-callbacks.ts';
import { saveTime } from '../../src/probes/save-time.ts';
import { type TensorFlow, useBackend } from '../backends.ts';
import { blockFor } from '../block-for.ts';
import { type CollectedValues, testRegistry } from '@modelmeter/test-kit/collected-values';
import { BATCH_SIZE, SAMPLES, smallData, smallDataset, smallModel } from '../small-model.ts';
import { Stopwatch } from '../stopwatch.ts';

const RELATIVE_TOLERANCE = 0.02;
const TOLERANCE_SECONDS = 0.005;

const time = (values: CollectedValues, activity: string) =>
  values.value(metric.trainingTime, { [attributes.trainingActivity.key]: activity });

/** What is told may also hold the little that tfjs itself does there. */
function expectAgreement(told: number | undefined, { seconds }: Stopwatch, what: string): void {
  const tolerance = Math.max(TOLERANCE_SECONDS, RELATIVE_TOLERANCE * seconds);
  expect(Math.abs((told as number) - seconds), `${what}: told ${told as number} s, injected ${seconds} s`).toBeLessThan(tolerance);
}

function expectWhole(values: CollectedValues, whole: Stopwatch): void {
  const all = values.all(metric.trainingTime).reduce((sum, [, seconds]) => sum + (seconds as number), 0);
  expect(all).toBeCloseTo(values.value(metric.trainingRunDuration) as number, 9);
  expect(Math.abs(all / whole.seconds - 1), `told ${all} s, took ${whole.seconds} s`).toBeLessThan(RELATIVE_TOLERANCE);
}

// Few delays, and long ones, and more than one try: whoever else uses the cores may take one away between two looks at a clock.
describe('delays of the user’s are told as what they are', { retry: 4 }, () => {
  let tf: TensorFlow;
  beforeEach(async () => {
    tf = await useBackend('cpu');
    const { xs, ys } = smallData(tf);
    await smallModel(tf).fit(xs, ys, { epochs: 1, verbose: 0, validationSplit: 0.2 });
  });

  test('in fitDataset: in the dataset, the dataset of the validation, callbacks after ours and a save', async () => {
    const { registry, collect } = testRegistry();
    const [data, validation, callback] = [new Stopwatch(), new Stopwatch(), new Stopwatch()];
    const [checkpoint, whole] = [new Stopwatch(), new Stopwatch()];
    const model = smallModel(tf);
    const slowly = tf.io.withSaveHandler(async () => {
      await checkpoint.timeAsync(() => sleep(400));
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' as const } };
    });
    const other = {
      onBatchBegin: async () => callback.time(() => blockFor(20)),
      onBatchEnd: () => callback.timeAsync(() => sleep(150)),
      onEpochBegin: () => callback.timeAsync(() => sleep(150)),
      onEpochEnd: async () => {
        await callback.timeAsync(() => sleep(300));
        await model.save(slowly);
      },
    };
    const dataset = smallDataset(tf, () => data.timeAsync(() => sleep(150)));
    const validationData = smallDataset(tf, () => validation.time(() => blockFor(200)));
    const measuring = fitMetrics(tf, { registry, probes: [saveTime()] });
    const args = { epochs: 1, validationData, verbose: 0, callbacks: callbacks(tf, [measuring, other], 'never') } as const;
    await whole.timeAsync(() => model.fitDataset(dataset, args));
    const values = await collect();
    expectAgreement(time(values, 'data_wait'), data, 'data wait');
    expectAgreement(time(values, 'validation'), validation, 'validation');
    expectAgreement(time(values, 'callback'), callback, 'callbacks');
    expectAgreement(time(values, 'checkpoint'), checkpoint, 'checkpoint');
    expectWhole(values, whole);
  });

  test.each(['before', 'after'])('in fit: in the loss, in validation, and in callbacks %s ours', async (place) => {
    const { registry, collect } = testRegistry();
    const [step, validation] = [new Stopwatch(), new Stopwatch()];
    const [callback, whole] = [new Stopwatch(), new Stopwatch()];
    const loss = (yTrue: Tensor, yPred: Tensor) => {
      const isStep = tf.engine().state.gradientDepth > 0;
      (isStep ? step : validation).time(() => blockFor(isStep ? 100 : 150));
      return tf.metrics.meanSquaredError(yTrue, yPred);
    };
    const other = {
      onBatchBegin: async () => callback.time(() => blockFor(20)),
      onBatchEnd: () => callback.timeAsync(() => sleep(150)),
      onEpochEnd: async () => callback.time(() => blockFor(300)),
    };
    const measuring = fitMetrics(tf, { registry, yieldEverySeconds: false });
    const { xs, ys } = smallData(tf);
    const array = callbacks(tf, place === 'before' ? [other, measuring] : [measuring, other], 'never');
    const args = { epochs: 1, batchSize: SAMPLES / 4, validationData: [xs, ys] as [Tensor, Tensor], verbose: 0, callbacks: array } as const;
    await whole.timeAsync(() => smallModel(tf, { loss }).fit(xs, ys, args));
    const values = await collect();
    // Beside the delay, tfjs computes.
    expect((time(values, 'compile') as number) + (time(values, 'compute') as number)).toBeGreaterThanOrEqual(step.seconds);
    expectAgreement(time(values, 'validation'), validation, 'validation');
    expectAgreement(time(values, 'callback'), callback, 'callbacks');
    expectWhole(values, whole);
  });

  test('what others do in the turns that we give them is told as other', async () => {
    const { registry, collect } = testRegistry();
    const [others, whole] = [new Stopwatch(), new Stopwatch()];
    const timer = setInterval(() => others.time(() => blockFor(100)), 1);
    const args = { epochs: 1, batchSize: BATCH_SIZE, verbose: 0, callbacks: fitMetrics(tf, { registry, yieldEverySeconds: 0 }) };
    const { xs, ys } = smallData(tf);
    await whole.timeAsync(() => smallModel(tf).fit(xs, ys, args));
    clearInterval(timer);
    const values = await collect();
    expect(others.seconds).toBeGreaterThan(0.2);
    expectAgreement(time(values, 'other'), others, 'other');
    expectWhole(values, whole);
  });
});
