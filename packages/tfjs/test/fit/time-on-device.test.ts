import { attributes, trainingMetrics as metric } from '@modelmeter/core';
import type { Callback, Tensor } from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { deviceTime } from '../../src/probes/device-time.ts';
import { type TensorFlow, useBackend } from '../backends.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { FakeClock } from '@modelmeter/test-kit/fake-clock';
import { SlowDevice } from '../slow-device.ts';
import { BATCH_SIZE, smallData, smallDataset, smallModel } from '../small-model.ts';

const HANDED_OVER_IN = 0.25;
const STEP_SECONDS = 2;
const VALIDATION_BATCH_SECONDS = 4;
const CALLBACK_SECONDS = 1;
const DATA_SECONDS = 0.5;
const EPOCHS = 2;

describe('where a device works on by itself and is waited for now and then, time by activity', () => {
  let tf: TensorFlow;
  let device: SlowDevice;
  let clock: FakeClock;
  /** When the device has done all that it was handed, by the clock. */
  let idleAtSeconds: number;

  beforeEach(async () => {
    tf = await useBackend('cpu');
    device = new SlowDevice(tf);
    device.answer();
    clock = new FakeClock();
    idleAtSeconds = 0;
    const read = Reflect.get(tf.Tensor.prototype, 'data') as (this: Tensor) => Promise<unknown>;
    tf.Tensor.prototype.data = async function (this: Tensor) {
      clock.advance(Math.max(0, idleAtSeconds - clock.monotonicSeconds()));
      return read.call(this);
    } as never;
  });
  afterEach(() => device.restore());

  const loss = (yTrue: Tensor, yPred: Tensor): Tensor => {
    const isStep = tf.engine().state.gradientDepth > 0;
    idleAtSeconds = Math.max(idleAtSeconds, clock.monotonicSeconds()) + (isStep ? STEP_SECONDS : VALIDATION_BATCH_SECONDS);
    clock.advance(HANDED_OVER_IN);
    return tf.metrics.meanSquaredError(yTrue, yPred);
  };

  /** What the time of a fit has gone on. It takes all of the time there is, and the device has nothing left to do. */
  async function spent(everySteps: number, { isDataset = false, isValidated = true, reads = false } = {}) {
    const { registry, collect } = testRegistry({ clock });
    const onBatchEnd = async () => clock.advance(CALLBACK_SECONDS);
    class Slow extends tf.Callback {
      override onBatchEnd = onBatchEnd;
    }
    const other: Callback = reads ? (new tf.CustomCallback({ onBatchEnd }, 'never') as unknown as Callback) : new Slow();
    const callbacks = [fitMetrics(device.tf, { registry, clock, probes: [deviceTime({ everySteps })] }), other];
    const { xs, ys } = smallData(tf);
    const validationData: [Tensor, Tensor] = [xs.slice(0, BATCH_SIZE), ys.slice(0, BATCH_SIZE)];
    const args = { epochs: EPOCHS, verbose: 0, callbacks, ...(isValidated && { validationData }) };
    const model = smallModel(tf, { loss });
    const beganSeconds = clock.monotonicSeconds();
    if (isDataset)
      await model.fitDataset(
        smallDataset(tf, () => clock.advance(DATA_SECONDS)),
        args,
      );
    else await model.fit(xs, ys, { ...args, batchSize: BATCH_SIZE });
    expect(idleAtSeconds).toBeLessThanOrEqual(clock.monotonicSeconds());
    const values = await collect();
    const seconds = values.all(metric.trainingTime).map(([has, value]) => [has[attributes.trainingActivity.key], value as number] as const);
    const all = seconds.reduce((sum, [, value]) => sum + value, 0);
    expect(all).toBe(clock.monotonicSeconds() - beganSeconds);
    expect(all).toBe(values.value(metric.trainingRunDuration));
    return Object.fromEntries(seconds);
  }

  test('is all there when every step is waited for: a step is what it takes the device', async () => {
    expect(await spent(1, { isValidated: false })).toEqual({ compile: 2, compute: 9 * 2, callback: 10, other: 0 });
    expect(await spent(1, { isValidated: false, isDataset: true })).toEqual({
      compile: 2,
      compute: 9 * 2,
      data_wait: EPOCHS * 6 * DATA_SECONDS,
      callback: 10,
      other: 0,
    });
  });

  test('of a validation holds what the device does for it, and in fit of the step that it is in', async () => {
    const validation = EPOCHS * (STEP_SECONDS + VALIDATION_BATCH_SECONDS - HANDED_OVER_IN);
    const handedOver = EPOCHS * HANDED_OVER_IN;
    expect(await spent(1)).toEqual({ compile: 2, compute: 7 * 2 + handedOver, validation, callback: 10, other: 0 });
  });

  test('of a validation in fitDataset holds what the device does for it, and nothing of a step', async () => {
    const validation = EPOCHS * VALIDATION_BATCH_SECONDS;
    expect(await spent(1, { isDataset: true })).toMatchObject({ compute: 9 * 2, validation });
    expect(await spent(100, { isDataset: true })).toMatchObject({ validation });
  });

  test('is that of the host when few steps are waited for: the device is hidden behind callbacks and data, not counted twice', async () => {
    // Waited for: the first step, those before a validation, which are the fourth of each epoch, and the end of each epoch.
    const hidden = { first: 2 * CALLBACK_SECONDS, second: 3 * CALLBACK_SECONDS, validation: EPOCHS * CALLBACK_SECONDS };
    const compute = 3 * STEP_SECONDS - hidden.first + 4 * STEP_SECONDS - hidden.second + EPOCHS * HANDED_OVER_IN;
    const validation = EPOCHS * (STEP_SECONDS + VALIDATION_BATCH_SECONDS - HANDED_OVER_IN) - hidden.validation;
    expect(await spent(100)).toEqual({ compile: 2, compute, validation, callback: 10, other: 0 });
  });

  test('is no callback’s that reads the values of every step after us: then every step is waited for', async () => {
    expect(await spent(100, { isValidated: false, reads: true })).toMatchObject({ compute: 9 * 2, callback: 10 });
  });
});
