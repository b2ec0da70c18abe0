import { attributes, dropped, trainingMetrics as metric } from '@modelmeter/core';
import type { CustomCallback, Tensor } from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FitCallback } from '../../src/fit/fit-callback.ts';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { deviceTime } from '../../src/probes/device-time.ts';
import { parameterNorms } from '../../src/probes/parameter-norms.ts';
import { type TensorFlow, useBackend } from '../backends.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { SlowDevice } from '../slow-device.ts';
import { BATCH_SIZE, smallData, smallModel } from '../small-model.ts';

describe('where a device does not answer', () => {
  let tf: TensorFlow;
  let device: SlowDevice;
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown) => rejections.push(reason);

  beforeEach(async () => {
    tf = await useBackend('cpu');
    device = new SlowDevice(tf);
    process.on('unhandledRejection', onRejection);
  });
  afterEach(() => {
    device.restore();
    process.off('unhandledRejection', onRejection);
    if (rejections.length > 0) throw new Error('a rejection was not handled', { cause: rejections.splice(0) });
  });

  test('what is disposed of under a read rejects nothing, and is counted', async () => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const [model, losses] = [smallModel(tf), tf.engine()];
    const args = { epochs: 1, batchSize: BATCH_SIZE, verbose: 0 } as const;
    losses.startScope();
    const end = new tf.CustomCallback(
      {
        // All but weights and History goes, and the copies that we wait for with it.
        onTrainEnd: () => {
          losses.endScope();
          device.answer();
        },
      },
      'never',
    );
    const callbacks = [end, fitMetrics(device.tf, { registry, batchLossEverySeconds: 0, probes: [parameterNorms()] })];
    await expect(model.fit(xs, ys, { ...args, callbacks })).resolves.toBeDefined();
    const values = await collect();
    expect(values.value(metric.trainingRuns, { [attributes.trainingResult.key]: 'success' })).toBe(1);
    expect(values.value(dropped, { [attributes.dropReason.key]: 'hook_error' })).toBeGreaterThan(5);
  });

  test('a device that is lost is no failure of the fit', async () => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const tensorsLeftBy = async (...callbacks: (FitCallback | CustomCallback)[]) => {
      const before = tf.memory().numTensors;
      await smallModel(tf).fit(xs, ys, { epochs: 1, batchSize: BATCH_SIZE, verbose: 0, callbacks });
      return tf.memory().numTensors - before;
    };
    device.answer();
    const without = await tensorsLeftBy(new tf.CustomCallback({}, 'never'));
    const read = Reflect.get(tf.Tensor.prototype, 'data') as () => Promise<unknown>;
    let isLost = true;
    tf.Tensor.prototype.data = function (this: Tensor) {
      return isLost ? Promise.reject(new Error('device lost')) : Reflect.apply(read, this, []);
    } as never;
    const found = new tf.CustomCallback({ onTrainEnd: () => void (isLost = false) }, 'never');
    const options = { batchLossEverySeconds: 0, probes: [parameterNorms(), deviceTime({ everySteps: 2 })] };
    expect(await tensorsLeftBy(fitMetrics(device.tf, { registry, ...options }), found)).toBe(without);
    const values = await collect();
    expect(values.value(metric.trainingSteps)).toBe(5);
    expect(values.value(metric.trainingRuns, { [attributes.trainingResult.key]: 'success' })).toBe(1);
    expect(values.value(dropped, { [attributes.dropReason.key]: 'hook_error' })).toBeGreaterThan(0);
  });
});
