import { attributes as attribute, inferenceMetrics as metric, Registry } from '@modelmeter/core';
import { type InferenceOptions, withMetrics } from '@modelmeter/inference';
import { expect, test } from 'vitest';
import { measuredModel } from './measured-model.ts';

test('a synchronous call is a request that lasts until it returns', async () => {
  const { metrics, clock, requests } = measuredModel();
  const double = metrics.wrap((value: number) => {
    clock.advance(0.25);
    return value * 2;
  });
  expect(double(21)).toBe(42);
  expect(await requests()).toEqual({ succeeded: { count: 1, seconds: 0.25 }, failed: {}, active: 0 });
});

test('an asynchronous call is a request that lasts until its promise settles, and is recorded when whoever awaits it goes on', async () => {
  const { metrics, clock, requests } = measuredModel();
  let settle = (_value: string): void => {};
  const answer = metrics.wrap(() => new Promise<string>((resolve) => (settle = resolve)));
  const promise = answer();
  expect(await requests()).toEqual({ succeeded: { count: 0, seconds: 0 }, failed: {}, active: 1 });
  clock.advance(2);
  settle('seven');
  expect(await promise).toBe('seven');
  expect(await requests()).toEqual({ succeeded: { count: 1, seconds: 2 }, failed: {}, active: 0 });
});

test('what a function throws, or its promise is rejected with, is thrown unchanged and recorded under its type', async () => {
  const { metrics, clock, requests, collect } = measuredModel();
  const error = new RangeError('no such digit: 11');
  const thrower = metrics.wrap(() => {
    clock.advance(0.5);
    throw error;
  });
  const rejecter = metrics.wrap(async () => {
    throw error;
  });
  expect(thrower).toThrow(error);
  await expect(rejecter()).rejects.toBe(error);
  expect(await requests()).toEqual({ succeeded: { count: 0, seconds: 0 }, failed: { _OTHER: 2 }, active: 0 });
  const failed = (await collect()).all(metric.inferenceDuration).find(([attributes]) => attributes[attribute.errorType.key] === '_OTHER');
  expect(failed?.[1]).toMatchObject({ count: 2, sum: 0.5 });
});

test('a wrapper passes for its function: name, length, properties, prototype, kind, and this', async () => {
  const { metrics } = measuredModel();
  const model = {
    factor: 3,
    scale: Object.assign(
      function scale(this: { factor: number }, value: number, _unit: string): number {
        return value * this.factor;
      },
      { version: '3' },
    ),
  };
  const original = model.scale;
  model.scale = metrics.wrap(original);
  expect(model.scale(2, 'mm')).toBe(6);
  expect(model.scale.name).toBe('scale');
  expect(model.scale.length).toBe(2);
  expect(model.scale.version).toBe('3');
  expect(Object.getPrototypeOf(model.scale)).toBe(Object.getPrototypeOf(original));

  const asynchronous = metrics.wrap(async function predict() {});
  expect(asynchronous.constructor.name).toBe('AsyncFunction');
  const generator = metrics.wrap(function* chunks() {
    yield 1;
  });
  expect(generator() instanceof generator).toBe(true);
});

test('attributes say which model, version and operation, and whether the device was waited for', async () => {
  const { options, collect } = measuredModel();
  withMetrics(() => 1, { ...options, version: '3', operation: 'classify', timing: 'dispatch' })();
  const [attributes] =
    (await collect()).all(metric.inferenceDuration).find(([, value]) => typeof value === 'object' && value.count === 1) ?? [];
  expect(attributes).toEqual({
    'ml.model.name': 'digits',
    'ml.model.version': '3',
    'ml.operation.name': 'classify',
    'ml.timing': 'dispatch',
  });
});

test('every known type of error is there at 0 before anything fails', async () => {
  const { collect } = measuredModel({ errorTypes: ['quota'] });
  const errors = (await collect()).all(metric.inferenceErrors).map(([attributes, value]) => [attributes[attribute.errorType.key], value]);
  const types = ['timeout', 'cancelled', 'invalid_input', 'rejected', 'out_of_memory', 'model_not_loaded', 'backend', '_OTHER', 'quota'];
  expect(errors).toEqual(types.map((type) => [type, 0]));
});

test('two functions of one model are counted together', async () => {
  const { options, requests } = measuredModel();
  withMetrics(() => 1, options)();
  withMetrics(() => 2, options)();
  expect((await requests()).succeeded.count).toBe(2);
});

test('without a registry the one of the process is used', () => {
  expect(withMetrics(() => 'ok', { model: 'default-registry-test' })()).toBe('ok');
});

test.each<[string, Record<string, unknown>, string]>([
  ['model', { model: '' }, 'model is "", not a name'],
  ['version', { version: 3 }, 'version is 3, not a name'],
  ['operation', { operation: '' }, 'operation is "", not a name'],
  ['timing', { timing: 'never' }, 'timing is "never", none of "complete", "dispatch"'],
  ['buckets', { buckets: 'slow' }, 'buckets is "slow", none of "fast", "standard", "generative"'],
  ['bounds', { buckets: [2, 1] }, 'bounds'],
  ['latency', { objective: { latencySeconds: 0, target: 0.9 } }, 'objective.latencySeconds is 0, not a number above 0'],
  ['target', { objective: { latencySeconds: 1, target: 1 } }, 'objective.target is 1, not a number above 0 and below 1'],
  ['errorTypes', { errorTypes: 'quota' }, 'errorTypes is "quota", not an array'],
  ['many errorTypes', { errorTypes: Array.from({ length: 11 }, (_, i) => `type${i}`) }, 'errorTypes has 11 types, more than 10'],
  ['budgetErrors', { budgetErrors: ['quota'] }, 'budgetErrors is "quota", none of'],
  ['classifyError', { classifyError: 'yes' }, 'classifyError is "yes", not a function'],
  ['timeoutSeconds', { timeoutSeconds: Infinity }, 'timeoutSeconds is Infinity, not a number above 0'],
  ['registry', { registry: {} }, 'registry is [object Object], not a Registry'],
  ['batchSize', { batchSize: -1 }, 'batchSize is -1, not a number ≥ 0'],
  ['stage', { stage: '' }, 'stage is "", not a name'],
  ['classifyResult', { classifyResult: 1 }, 'classifyResult is 1, not a function'],
])('a bad option is named with its value: %s', (_name, options, message) => {
  const all: object = { model: 'digits', registry: new Registry(), ...options };
  expect(() => withMetrics(() => 1, all as InferenceOptions)).toThrow(message);
});

test('what is no function is not wrapped', () => {
  expect(() => withMetrics(42 as never, { model: 'digits', registry: new Registry() })).toThrow('fn is 42, not a function');
});
