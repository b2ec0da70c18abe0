import { attributes as attribute, dropped, inferenceMetrics as metric } from '@modelmeter/core';
import { describe, expect, test } from 'vitest';
import { measuredModel } from './measured-model.ts';

const throwing = (error: unknown) => () => {
  throw error;
};
const named = (name: string) => Object.assign(new Error('private: alice@example.org'), { name });

describe('the type of an error', () => {
  test.each<[string, unknown, string]>([
    ['AbortSignal.abort', AbortSignal.abort().reason, 'cancelled'],
    ['an error named AbortError', named('AbortError'), 'cancelled'],
    ['an error named TimeoutError', named('TimeoutError'), 'timeout'],
    ['a TypeError', new TypeError('no'), '_OTHER'],
    ['a string', 'out of luck', '_OTHER'],
    ['undefined', undefined, '_OTHER'],
    [
      'an error whose name cannot be read',
      Object.defineProperty(new Error('no'), 'name', { get: throwing(new Error('no name')) }),
      '_OTHER',
    ],
    ['an error named like a method of objects', named('toString'), '_OTHER'],
  ])('%s', async (_what, error, type) => {
    const { metrics, requests } = measuredModel();
    await expect(metrics.wrap(() => Promise.reject(error))()).rejects.toBe(error);
    expect((await requests()).failed).toEqual({ [type]: 1 });
  });

  test('is what classifyError says, also one of the user’s own', async () => {
    const { metrics, requests } = measuredModel({
      errorTypes: ['quota'],
      classifyError: (error) => (error === 'quota' ? 'quota' : error === 'gpu' ? 'out_of_memory' : undefined),
    });
    for (const error of ['quota', 'gpu', named('AbortError')])
      await expect(metrics.wrap(async () => throwing(error)())()).rejects.toBe(error);
    expect((await requests()).failed).toEqual({ quota: 1, out_of_memory: 1, cancelled: 1 });
  });

  test('is _OTHER where classifyError returns what errorTypes does not name: a message never becomes an attribute', async () => {
    const { metrics, requests } = measuredModel({ classifyError: (error) => (error as Error).message });
    expect(metrics.wrap(throwing(new Error('alice@example.org')))).toThrow(Error);
    expect((await requests()).failed).toEqual({ _OTHER: 1 });
  });

  test('is that of its name where classifyError throws, which is counted and reaches nobody', async () => {
    const { metrics, requests, collect } = measuredModel({ classifyError: throwing(new Error('broken classifier')) });
    const error = named('AbortError');
    expect(metrics.wrap(throwing(error))).toThrow(error);
    expect((await requests()).failed).toEqual({ cancelled: 1 });
    expect((await collect()).value(dropped, { reason: 'hook_error' })).toBe(1);
  });
});

test('a result may stand for an error', async () => {
  const { metrics, requests } = measuredModel();
  const answer = metrics.wrap(async (status: number) => ({ status }), {
    classifyResult: ({ status }) => (status === 429 ? 'rejected' : status >= 500 ? '_OTHER' : undefined),
  });
  for (const status of [200, 429, 503, 200]) expect(await answer(status)).toEqual({ status });
  expect(await requests()).toMatchObject({ succeeded: { count: 2 }, failed: { rejected: 1, _OTHER: 1 }, active: 0 });
});

test('where classifyResult throws the result is good', async () => {
  const { metrics, requests } = measuredModel();
  expect(metrics.wrap(() => 5, { classifyResult: throwing(new Error('broken classifier')) })()).toBe(5);
  expect(await requests()).toMatchObject({ succeeded: { count: 1 }, failed: {}, active: 0 });
});

describe('an objective', () => {
  const objective = { latencySeconds: 0.25, target: 0.99 };

  test('is missed by what is slower, exactly, and by errors of the budget', async () => {
    const { metrics, clock, collect } = measuredModel({ objective });
    const takes = metrics.wrap((seconds: number, error?: Error) => {
      clock.advance(seconds);
      if (error) throw error;
    });
    takes(0.25);
    takes(0.5);
    expect(() => takes(0, new Error('no'))).toThrow(Error);
    expect(() => takes(0, named('AbortError'))).toThrow(Error);
    expect(() => takes(0.5, named('AbortError'))).toThrow(Error);
    const values = await collect();
    expect(values.value(metric.inferenceObjectiveMisses)).toBe(3);
    expect(values.value(metric.inferenceObjectiveLatency)).toBe(0.25);
    expect(values.value(metric.inferenceObjectiveTarget)).toBe(0.99);
  });

  test('counts the errors that the user says', async () => {
    const { metrics, collect } = measuredModel({ objective, budgetErrors: ['cancelled'] });
    expect(metrics.wrap(throwing(named('AbortError')))).toThrow(Error);
    expect(metrics.wrap(throwing(new Error('no')))).toThrow(Error);
    expect((await collect()).value(metric.inferenceObjectiveMisses)).toBe(1);
  });

  test('is absent where none was stated', async () => {
    const { metrics, collect } = measuredModel();
    metrics.wrap(() => 1)();
    const values = await collect();
    expect(values.all(metric.inferenceObjectiveMisses)).toEqual([]);
    expect(values.all(metric.inferenceObjectiveTarget)).toEqual([]);
  });
});

test('the durations of failures stand under their type, and those that never happened are absent', async () => {
  const { metrics, collect } = measuredModel();
  expect(metrics.wrap(throwing(named('TimeoutError')))).toThrow(Error);
  const types = (await collect()).all(metric.inferenceDuration).map(([attributes]) => attributes[attribute.errorType.key]);
  expect(new Set(types)).toEqual(new Set([undefined, 'timeout']));
});
