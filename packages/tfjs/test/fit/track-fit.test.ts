import { attributes, trainingMetrics as metric } from '@modelmeter/core';
import type { CustomCallbackArgs, History } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FitCallback } from '../../src/fit/fit-callback.ts';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { trackFit } from '../../src/fit/track-fit.ts';
import { type TensorFlow, useBackend } from '../backends.ts';
import { type CollectedValues, testRegistry } from '@modelmeter/test-kit/collected-values';
import { BATCH_SIZE, smallData, smallModel } from '../small-model.ts';

const result = attributes.trainingResult.key;
const errorType = attributes.errorType.key;

describe('trackFit', () => {
  let tf: TensorFlow;
  beforeAll(async () => {
    tf = await useBackend('cpu');
  });

  function fit(callback: FitCallback, other: CustomCallbackArgs = {}): Promise<History> {
    const { xs, ys } = smallData(tf);
    const callbacks = [callback, new tf.CustomCallback(other, 'never')];
    return smallModel(tf).fit(xs, ys, { epochs: 2, batchSize: BATCH_SIZE, verbose: 0, callbacks });
  }

  const throwing = (error: unknown, hook = 'onBatchEnd'): CustomCallbackArgs => ({
    [hook]: async () => {
      throw error;
    },
  });

  function runs(values: CollectedValues): Record<string, number> {
    const all = values.all(metric.trainingRunDuration).map(([has, value]) => {
      return [
        `${has[result] as string} ${(has[errorType] as string | undefined) ?? ''}`.trim(),
        (value as { count: number }).count,
      ] as const;
    });
    return Object.fromEntries(all);
  }

  test('resolves with what the fit resolves with', async () => {
    const { registry, collect } = testRegistry();
    const callback = fitMetrics(tf, { registry });
    let history: History | undefined;
    expect(await trackFit(callback, async () => (history = await fit(callback)))).toBe(history);
    expect(runs(await collect())).toEqual({ success: 1 });
  });

  class OutOfPaper extends Error {
    override readonly name = 'OutOfPaper';
  }
  const unreadable = new Error('broken');
  Object.defineProperty(unreadable, 'name', { get: () => expect.fail('read') });

  test.each([
    ['a TypeError', new TypeError('bad'), 'failure TypeError'],
    ['an error of the user’s own class', new OutOfPaper('tray 2'), 'failure OutOfPaper'],
    ['an AbortError', new DOMException('called off', 'AbortError'), 'cancelled AbortError'],
    ['a string', 'full', 'failure _OTHER'],
    ['undefined', undefined, 'failure _OTHER'],
    ['an object that only looks like an error', { name: 'Mallory' }, 'failure _OTHER'],
    ['an error whose name is a number', Object.defineProperty(new Error('broken'), 'name', { value: 7 }), 'failure _OTHER'],
    ['an error whose name throws', unreadable, 'failure _OTHER'],
  ])('rejects with exactly what the fit rejects with, and tells the class of %s alone', async (_what, error, ending) => {
    const { registry, collect } = testRegistry();
    const callback = fitMetrics(tf, { registry });
    const caught = await trackFit(callback, () => fit(callback, throwing(error))).catch((reason: unknown) => ({ reason }));
    expect((caught as { reason: unknown }).reason).toBe(error);
    const values = await collect();
    expect(runs(values)).toEqual({ [ending]: 1 });
    expect(values.value(metric.trainingRunActive)).toBe(0);
  });

  test('a fit that throws before tfjs calls anybody is a run that failed', async () => {
    const { registry, collect } = testRegistry();
    const callback = fitMetrics(tf, { registry, model: 'digits' });
    const tracked = trackFit(callback, () => smallModel(tf).fit(tf.zeros([3, 99]), tf.zeros([3, 3]), { callbacks: callback }));
    await expect(tracked).rejects.toThrow('expected a batch');
    const values = await collect();
    expect(runs(values)).toEqual({ 'failure Error': 1 });
    expect(values.value(metric.trainingRuns, { [attributes.modelName.key]: 'digits', [result]: 'failure' })).toBe(1);
    expect(values.value(metric.trainingRunActive)).toBe(0);
  });

  test('a fit that is begun by a function that throws by itself fails as well', async () => {
    const { registry, collect } = testRegistry();
    const callback = fitMetrics(tf, { registry });
    const sync = () => {
      throw new RangeError('at once');
    };
    await expect(trackFit(callback, sync)).rejects.toThrow('at once');
    expect(runs(await collect())).toEqual({ 'failure RangeError': 1 });
  });

  test('fits that run at once each have the type of their own error', async () => {
    const { registry, collect } = testRegistry();
    const callback = fitMetrics(tf, { registry });
    const settled = await Promise.allSettled([
      trackFit(callback, () => fit(callback, throwing(new TypeError('1')))),
      trackFit(callback, () => fit(callback, throwing(new RangeError('2')))),
      trackFit(callback, () => fit(callback, throwing(new SyntaxError('3'), 'onEpochEnd'))),
      trackFit(callback, () => fit(callback)),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'fulfilled']);
    const values = await collect();
    expect(runs(values)).toEqual({ 'failure TypeError': 1, 'failure RangeError': 1, 'failure SyntaxError': 1, success: 1 });
    expect(values.value(metric.trainingRunActive)).toBe(0);
  });

  test('a fit that is tried again inside is a run each time', async () => {
    const { registry, collect } = testRegistry();
    const callback = fitMetrics(tf, { registry });
    await trackFit(callback, async () => {
      await fit(callback, throwing(new TypeError('the first time'))).catch(() => {});
      return fit(callback);
    });
    const values = await collect();
    expect(runs(values)).toEqual({ failure: 1, success: 1 });
    expect(values.value(metric.trainingRunActive)).toBe(0);
  });

  test('what fitMetrics has not made is refused', async () => {
    await expect(trackFit({ ...fitMetrics(tf) }, () => Promise.resolve())).rejects.toThrow('callback is not one that fitMetrics has made');
  });
});
