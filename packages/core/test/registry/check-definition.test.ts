import { describe, expect, test } from 'vitest';
import { type MetricDefinition, Registry } from '../../src/index.ts';
import { duration, jobs } from '../example-metrics.ts';
import { untyped } from '../untyped.ts';

function binding(fault: Readonly<Record<string, unknown>>, of: MetricDefinition = jobs): () => void {
  return () => untyped(new Registry()).bind({ ...of, ...fault }, { 'test.queue': 'a' });
}
const key = (...keys: unknown[]) => ({ attributes: keys.map((key) => ({ key, description: 'A key.' })) });

describe('a definition is refused', () => {
  test.each([undefined, '', '1st', '_a', 'a b', 'ä', 'a'.repeat(256), 5])('whose name is no instrument name: %o', (name) => {
    expect(binding({ name })).toThrow(TypeError);
    expect(binding({ name })).toThrow(`name: ${JSON.stringify(name)} is no OpenTelemetry instrument name`);
  });

  test('whose instrument does not exist', () => {
    expect(binding({ instrument: 'summary' })).toThrow(
      'test.jobs: instrument "summary" is none of counter, updowncounter, gauge, histogram',
    );
  });

  test.each([undefined, 5, 'x'.repeat(64)])('whose unit is no short string: %o', (unit) => {
    expect(binding({ unit })).toThrow(`test.jobs: unit ${JSON.stringify(unit)} is no string of at most 63 characters`);
  });

  test('that has no description', () => {
    expect(binding({ description: undefined })).toThrow('test.jobs: description is of type undefined, not a string');
  });

  test.each([undefined, null, 'model', {}])('whose attributes are no array: %o', (attributes) => {
    expect(binding({ attributes })).toThrow('test.jobs: attributes must be arrays of definitions');
  });

  test.each([undefined, '', 'Queue', '1st', '_a', 'a-b', 'a b', '__name__', 5])('that has a bad attribute key: %o', (bad) => {
    expect(binding(key(bad))).toThrow(`test.jobs: attribute key ${JSON.stringify(bad)} does not match`);
  });

  test.each(['le', 'quantile', 'job', 'instance'])('that has the attribute key %s, which Prometheus uses itself', (reserved) => {
    expect(binding(key(reserved))).toThrow(`test.jobs: attribute key "${reserved}" is reserved by Prometheus`);
  });

  test.each([
    ['a.b', 'a_b', 'a_b'],
    ['a.b', 'a__b', 'a_b'],
    ['a.b', 'a.b', 'a_b'],
  ])('whose attribute keys %s and %s are one label', (one, other, label) => {
    expect(binding(key(one, other))).toThrow(`test.jobs: attribute keys "${one}" and "${other}" are one Prometheus label, ${label}`);
  });

  test('whose optional attribute collides with one that it needs', () => {
    expect(binding({ optionalAttributes: key('test_queue').attributes })).toThrow('are one Prometheus label, test_queue');
  });
});

describe('the bounds of a histogram are refused', () => {
  test.each([undefined, null, 1, '123', new Float64Array(2)])('where they are no array: %o', (bounds) => {
    expect(binding({ bounds }, duration)).toThrow('test.job.duration: bounds of a histogram must be an array');
  });

  test.each([
    [[1, NaN], 'bounds[1] is NaN, not a finite number ≥ 0'],
    [[1, Infinity], 'bounds[1] is Infinity, not a finite number ≥ 0'],
    [[-1, 1], 'bounds[0] is -1, not a finite number ≥ 0'],
    [['1'], 'bounds[0] is 1, not a finite number ≥ 0'],
    [[2, 1], 'bounds[1] is 1, not above 2'],
    [[1, 1], 'bounds[1] is 1, not above 1'],
    [[0, -0], 'bounds[1] is 0, not above 0'],
    [Array.from({ length: 1001 }, (_, i) => i), 'bounds has 1001 values, more than 1000'],
  ])('where they are %o', (bounds, message) => {
    expect(binding({ bounds }, duration)).toThrow(RangeError);
    expect(binding({ bounds }, duration)).toThrow(`test.job.duration: ${message}`);
  });

  test('but not where there are none, one that is 0, or a thousand', () => {
    for (const bounds of [[], [0], Array.from({ length: 1000 }, (_, i) => i)]) expect(binding({ bounds }, duration)).not.toThrow();
  });
});
