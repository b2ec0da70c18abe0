import { setImmediate as turn } from 'node:timers/promises';
import { attributes, dropped, inferenceMetrics as metric, tfjsMemoryMetrics } from '@modelmeter/core';
import { type CollectedValues, testRegistry } from '@modelmeter/test-kit/collected-values';
import { FakeClock } from '@modelmeter/test-kit/fake-clock';
import type { Tensor } from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { instrumentModel } from '../../src/model/instrument-model.ts';
import type { ModelOptions } from '../../src/model/model-options.ts';
import { type TensorFlow, useBackend } from '../backends.ts';
import { SlowDevice } from '../slow-device.ts';
import { multiOutput } from '../model-kinds.ts';
import { smallData, smallModel } from '../small-model.ts';
import { countedCalls } from './counted-calls.ts';
import { smallGraph } from './small-graph.ts';

const timing = attributes.timing.key;

describe('where a device works on by itself', () => {
  let tf: TensorFlow;
  let device: SlowDevice;
  let clock: FakeClock;
  let registry: ReturnType<typeof testRegistry>['registry'];
  let collect: () => Promise<CollectedValues>;
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown) => rejections.push(reason);

  beforeEach(async () => {
    tf = await useBackend('cpu');
    device = new SlowDevice(tf);
    clock = new FakeClock();
    ({ registry, collect } = testRegistry());
    vi.spyOn(console, 'warn').mockReturnValue();
    process.on('unhandledRejection', onRejection);
  });
  afterEach(() => {
    device.restore();
    process.off('unhandledRejection', onRejection);
    if (rejections.length > 0) throw new Error('a rejection was not handled', { cause: rejections.splice(0) });
  });

  const measured = (options: ModelOptions = {}) => instrumentModel(device.tf, smallModel(tf), { registry, clock, model: 'm', ...options });

  test('calls say so, and nothing is read', async () => {
    const { xs, ys } = smallData(tf);
    const model = measured();
    for (let i = 0; i < 3; i++) model.predict(xs);
    model.predictOnBatch(xs);
    model.evaluate(xs, ys);
    const graph = instrumentModel(device.tf, await smallGraph(tf), { registry, clock, model: 'm' });
    graph.predict(tf.ones([1, 3]));
    await graph.executeAsync(tf.ones([1, 3]));
    await turn();
    expect(countedCalls(await collect())).toEqual({
      'predict dispatch': 4,
      'predictOnBatch dispatch': 1,
      'evaluate dispatch': 1,
      'executeAsync dispatch': 1,
    });
    expect([device.reads, device.blockingReads]).toEqual([0, 0]);
  });

  test('where it is asked for, every n-th call of a method is measured until the device has answered, and nobody waits for that', async () => {
    const { xs, ys } = smallData(tf);
    const model = measured({ waitEveryCalls: 2 });
    for (let i = 0; i < 5; i++) {
      model.predict(xs);
      model.evaluate(xs, ys);
      clock.advance(0.5);
    }
    // A prediction, and a loss, an accuracy and an error, of every second call.
    expect([device.reads, device.blockingReads]).toEqual([2 * (1 + 3), 0]);
    expect(countedCalls(await collect())).toEqual({ 'predict dispatch': 3, 'evaluate dispatch': 3 });
    device.answer();
    await turn();
    const values = await collect();
    expect(countedCalls(values)).toEqual({
      'predict dispatch': 3,
      'predict complete': 2,
      'evaluate dispatch': 3,
      'evaluate complete': 2,
    });
    // From the second and the fourth call to the fifth's end.
    expect(values.value(metric.modelCallDuration, { [attributes.modelMethod.key]: 'predict', [timing]: 'complete' })).toBe(2 + 1);
    expect(values.value(metric.modelCallDuration, { [attributes.modelMethod.key]: 'predict', [timing]: 'dispatch' })).toBe(0);
  });

  test('every output is waited for', async () => {
    const { model, xs } = multiOutput(tf, 3);
    instrumentModel(device.tf, model, { registry, waitEveryCalls: 1 }).predict(xs);
    expect(device.reads).toBe(3);
    device.answer();
    await turn();
    expect(countedCalls(await collect())).toEqual({ 'predict complete': 1 });
  });

  test('what the call returns is the user’s to dispose of, at once or by tidy, and nothing of ours stays', async () => {
    const { xs } = smallData(tf);
    const model = measured({ waitEveryCalls: 1 });
    const before = tf.memory().numTensors;
    (model.predict(xs) as Tensor).dispose();
    tf.tidy(() => void model.predict(xs));
    const kept = tf.tidy(() => (model.predict(xs) as Tensor).add(1));
    expect(tf.memory().numTensors).toBe(before + 1 + 3);
    device.answer();
    await turn();
    expect(tf.memory().numTensors).toBe(before + 1);
    expect(kept.isDisposed).toBe(false);
    const values = await collect();
    expect(countedCalls(values)).toEqual({ 'predict complete': 3 });
    expect(values.value(tfjsMemoryMetrics.tfjsMemoryLeakedTensors)).toBe(0);
    expect(values.value(dropped, { [attributes.dropReason.key]: 'hook_error' })).toBe(0);
  });

  test('the copies that we hold are no leak of another call', async () => {
    const { xs } = smallData(tf);
    const graph = await smallGraph(tf, async (x) => {
      device.answer();
      await turn();
      return x.clone();
    });
    const leaky = await smallGraph(tf, async (x) => {
      await turn();
      tf.keep(tf.zeros([1]));
      return x.clone();
    });
    measured({ waitEveryCalls: 1 }).predict(xs);
    for (const model of [graph, leaky]) {
      await instrumentModel(device.tf, model, { registry, model: 'm', waitEveryCalls: 1 }).executeAsync(tf.ones([1, 3]));
    }
    await turn();
    expect((await collect()).value(tfjsMemoryMetrics.tfjsMemoryLeakedTensors)).toBe(1);
  });

  test('a device that is lost leaves the call as one that was dispatched, and the user’s result alone', async () => {
    const { xs } = smallData(tf);
    const model = measured({ waitEveryCalls: 1 });
    const data = vi.spyOn(tf.Tensor.prototype, 'data').mockRejectedValue(new Error('device lost'));
    const result = model.predict(xs) as Tensor;
    await turn();
    data.mockRestore();
    expect(result.isDisposed).toBe(false);
    const values = await collect();
    expect(countedCalls(values)).toEqual({ 'predict dispatch': 1 });
    expect(values.value(dropped, { [attributes.dropReason.key]: 'hook_error' })).toBe(1);
  });

  test('on a back end that computes at once nothing is read however often it is asked for', async () => {
    const { xs } = smallData(tf);
    const model = instrumentModel(tf, smallModel(tf), { registry, waitEveryCalls: 1 });
    model.predict(xs);
    await turn();
    expect([device.reads, device.blockingReads]).toEqual([0, 0]);
    expect(countedCalls(await collect())).toEqual({ 'predict complete': 1 });
  });
});
