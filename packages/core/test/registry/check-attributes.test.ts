import { describe, expect, test } from 'vitest';
import { Registry } from '../../src/index.ts';
import { jobs, load, queue } from '../example-metrics.ts';
import { untyped } from '../untyped.ts';

function binding(attributes: unknown): () => void {
  return () => untyped(new Registry()).bind(jobs, attributes);
}
const error = (name: 'TypeError' | 'RangeError', message: string) => expect.objectContaining({ name, message });

describe('bind without the help of types', () => {
  test('names the attribute that is missing, or undefined', () => {
    const missing = error('RangeError', 'test.jobs: test.queue is undefined, not a non-empty string, finite number or boolean');
    expect(binding({})).toThrow(missing);
    expect(binding({ 'test.queue': undefined })).toThrow(missing);
    expect(binding({ 'test.outcome': 'done' })).toThrow(missing);
  });

  test('names the attribute that the metric does not have, even where its value is undefined', () => {
    const unknown = error('RangeError', 'test.jobs: attribute is "test.que", not one of test.queue, test.user, test.outcome');
    expect(binding({ 'test.queue': 'a', 'test.que': 'a' })).toThrow(unknown);
    expect(binding({ 'test.queue': 'a', 'test.que': undefined })).toThrow(unknown);
  });

  test('names the value that the attribute does not allow, and those that it does', () => {
    expect(binding({ 'test.queue': 'a', 'test.outcome': 'lost' })).toThrow(
      error('RangeError', 'test.jobs: test.outcome is "lost", not one of done, failed'),
    );
  });

  test('refuses an empty value', () => {
    expect(binding({ 'test.queue': '' })).toThrow(
      error('RangeError', 'test.jobs: test.queue is "", not a non-empty string, finite number or boolean'),
    );
  });

  test.each([
    [null, 'null'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [['a'], '[a]'],
    [{}, '[object Object]'],
    [1n, '1'],
    [Symbol('a'), 'Symbol(a)'],
    [isNaN, String(isNaN)],
  ])('refuses a value that is no string, finite number or boolean: %o', (value, described) => {
    expect(binding({ 'test.queue': value })).toThrow(
      error('RangeError', `test.jobs: test.queue is ${described}, not a non-empty string, finite number or boolean`),
    );
  });

  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['a', '"a"'],
  ])('refuses attributes that are no object: %o', (attributes, described) => {
    expect(binding(attributes)).toThrow(error('RangeError', `test.jobs: attributes is ${described}, not an object`));
  });

  test('refuses a definition that is no object', () => {
    expect(() => untyped(new Registry()).bind(undefined, {})).toThrow(error('RangeError', 'definition is undefined, not a metric'));
  });
});

describe('bind', () => {
  test('takes strings, finite numbers and booleans', () => {
    for (const value of ['a', ' ', 'ü', 0, -1.5, true, false]) expect(binding({ 'test.queue': value })).not.toThrow();
  });

  test('gives the same instrument for the same attributes, in any order and with optional ones undefined', () => {
    const registry = new Registry();
    const one = registry.bind(jobs, { 'test.queue': 'a', 'test.outcome': 'done' });
    expect(registry.bind(jobs, { 'test.outcome': 'done', 'test.queue': 'a' })).toBe(one);
    expect(registry.bind(jobs, { 'test.queue': 'a', 'test.outcome': 'done', 'test.user': undefined })).toBe(one);
    expect(registry.bind(jobs, { 'test.queue': 'a' })).not.toBe(one);
    expect(registry.bind(load, { [queue.key]: 'a' })).not.toBe(one);
  });

  test('keeps values apart that contain what other values are joined with', () => {
    const registry = new Registry();
    const values = ['a', 'b', 'a","b', 'null', '["a"]', 'a b'];
    const instruments = values.flatMap((a) =>
      values.map((b) => registry.bind(jobs, { 'test.queue': a, 'test.outcome': 'done', 'test.user': b })),
    );
    expect(new Set(values.map((value) => registry.bind(load, { 'test.queue': value }))).size).toBe(values.length);
    // Two users are allowed; the others are `_OTHER`.
    expect(new Set(instruments).size).toBe(values.length * 3);
  });
});
