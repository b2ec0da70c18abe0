import { attributes, trainingMetrics as metric } from '@modelmeter/core';
import type { Scalar } from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { deviceTime } from '../../src/probes/device-time.ts';
import { type TensorFlow, useBackend } from '../backends.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { FakeClock } from '@modelmeter/test-kit/fake-clock';
import { SlowDevice } from '../slow-device.ts';
import { BATCH_SIZE, smallData, smallModel } from '../small-model.ts';

const EPOCHS = 4;
const STEPS = EPOCHS * 5;
const WAIT_SECONDS = 2;
const complete = { [attributes.timing.key]: 'complete' };
const dispatch = { [attributes.timing.key]: 'dispatch' };

describe('deviceTime', () => {
  let tf: TensorFlow;
  let device: SlowDevice;
  beforeEach(async () => {
    tf = await useBackend('cpu');
    device = new SlowDevice(tf);
    device.answer();
  });
  afterEach(() => device.restore());

  /** Trains where each wait for the device takes two seconds of a fake clock. */
  async function fit(everySteps: number | false, options: { validation?: boolean; readsItself?: boolean } = {}) {
    const clock = new FakeClock();
    const { registry, collect } = testRegistry({ clock });
    const { xs, ys } = smallData(tf);
    const read = Reflect.get(tf.Tensor.prototype, 'data') as (this: Scalar) => Promise<unknown>;
    let isInBatch = false;
    let waits = 0;
    tf.Tensor.prototype.data = async function (this: Scalar) {
      if (isInBatch) {
        waits++;
        clock.advance(WAIT_SECONDS);
      }
      return read.call(this);
    } as never;
    const reading = new tf.CustomCallback(options.readsItself ? { onBatchEnd: async () => {} } : {}, 'never');
    class Last extends tf.Callback {
      override async onBatchBegin(): Promise<void> {
        isInBatch = true;
      }
      override async onBatchEnd(): Promise<void> {
        isInBatch = false;
      }
    }
    const callbacks = [
      reading,
      fitMetrics(device.tf, { registry, clock, probes: everySteps ? [deviceTime({ everySteps })] : [] }),
      new Last(),
    ];
    const validationData: [typeof xs, typeof ys] = [xs, ys];
    const args = { epochs: EPOCHS, batchSize: BATCH_SIZE, verbose: 0, callbacks, ...(options.validation && { validationData }) };
    await smallModel(tf).fit(xs, ys, args);
    const values = await collect();
    expect(values.value(metric.trainingStepDuration, dispatch)).toBe(0);
    expect(values.count(metric.trainingStepDuration, dispatch)).toBe(STEPS - 1);
    const [count, seconds] = [values.count(metric.trainingStepDuration, complete), values.value(metric.trainingStepDuration, complete)];
    return { count, seconds, waits };
  }

  test('records how long every n-th step really took, and waits before it as well, so that it has the device for itself', async () => {
    // And after the first step.
    expect(await fit(5)).toEqual({ count: 4, seconds: 4 * WAIT_SECONDS, waits: 9 });
    expect(await fit(2)).toEqual({ count: 10, seconds: 10 * WAIT_SECONDS, waits: 20 });
  });

  test('waits before a validation, so that what the device still has to do is no part of it', async () => {
    // The fourth of each epoch, and the first of all.
    expect(await fit(100, { validation: true })).toEqual({ count: undefined, seconds: undefined, waits: 1 + EPOCHS });
  });

  test('of every step leaves the first one out, which compiles', async () => {
    expect(await fit(1)).toEqual({ count: STEPS - 1, seconds: (STEPS - 1) * WAIT_SECONDS, waits: STEPS });
  });

  test('takes the next step where one has the validation in it', async () => {
    // The fifth of each epoch.
    expect(await fit(1, { validation: true })).toMatchObject({ count: STEPS - 1 - EPOCHS });
    expect(await fit(5, { validation: true })).toMatchObject({ count: 3 });
  });

  test('does not wait where another callback has done so already', async () => {
    const { count, seconds, waits } = await fit(1, { readsItself: true });
    expect(count).toBe(STEPS - 1);
    expect(waits % STEPS).toBe(0);
    expect((seconds as number) / (STEPS - 1)).toBe((waits / STEPS) * WAIT_SECONDS);
  });

  test('is not there unless it is asked for', async () => {
    expect(await fit(false)).toEqual({ count: undefined, seconds: undefined, waits: 0 });
  });

  test('makes nobody wait on a back end that is done when it returns', async () => {
    device.restore();
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const callbacks = fitMetrics(tf, { registry, probes: [deviceTime({ everySteps: 1 })] });
    await smallModel(tf).fit(xs, ys, { verbose: 0, batchSize: BATCH_SIZE, callbacks });
    expect((await collect()).count(metric.trainingStepDuration, complete)).toBe(4);
  });
});
