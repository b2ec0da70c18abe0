import { describe, expect, test } from 'vitest';
import { allDefinitions, defineMetric, type MetricDefinition } from '../../src/index.ts';
import { duration, jobs } from '../example-metrics.ts';

function defining(fault: Readonly<Record<string, unknown>>, of: MetricDefinition = jobs): () => void {
  return () => defineMetric({ ...of, ...fault });
}
const key = (...keys: unknown[]) => ({ attributes: keys.map((key) => ({ key })) });

describe('a definition is refused', () => {
  test.each([undefined, '', '1st', '_a', 'a b', 'ä', 'a'.repeat(256), 5])('whose name is no instrument name: %o', (name) => {
    expect(defining({ name })).toThrow(TypeError);
    expect(defining({ name })).toThrow(`name: ${JSON.stringify(name)} is no OpenTelemetry instrument name`);
  });

  test('whose instrument does not exist', () => {
    expect(defining({ instrument: 'summary' })).toThrow(
      'test.jobs: instrument "summary" is none of counter, updowncounter, gauge, histogram',
    );
  });

  test.each([undefined, 5, 'x'.repeat(64)])('whose unit is no short string: %o', (unit) => {
    expect(defining({ unit })).toThrow(`test.jobs: unit ${JSON.stringify(unit)} is no string of at most 63 characters`);
  });

  test('that has no description', () => {
    expect(defining({ description: undefined })).toThrow('test.jobs: description is of type undefined, not a string');
  });

  test.each([undefined, null, 'model', {}])('whose attributes are no array: %o', (attributes) => {
    expect(defining({ attributes })).toThrow('test.jobs: attributes must be arrays of definitions');
  });

  test.each([undefined, '', 'Queue', '1st', '_a', 'a-b', 'a b', '__name__', 5])('that has a bad attribute key: %o', (bad) => {
    expect(defining(key(bad))).toThrow(`test.jobs: attribute key ${JSON.stringify(bad)} does not match`);
  });

  test.each(['le', 'quantile', 'job', 'instance'])('that has the attribute key %s, which Prometheus uses itself', (reserved) => {
    expect(defining(key(reserved))).toThrow(`test.jobs: attribute key "${reserved}" is reserved by Prometheus`);
  });

  test.each([
    ['a.b', 'a_b', 'a_b'],
    ['a.b', 'a__b', 'a_b'],
    ['a.b', 'a.b', 'a_b'],
  ])('whose attribute keys %s and %s are one label', (one, other, label) => {
    expect(defining(key(one, other))).toThrow(`test.jobs: attribute keys "${one}" and "${other}" are one Prometheus label, ${label}`);
  });

  test('whose optional attribute collides with one that it needs', () => {
    expect(defining({ optionalAttributes: key('test_queue').attributes })).toThrow('are one Prometheus label, test_queue');
  });
});

describe('the bounds of a histogram are refused', () => {
  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [1, '1'],
    ['123', '"123"'],
    [new Float64Array(2), '0,0'],
  ])('where they are no array: %o', (bounds, shown) => {
    expect(defining({ bounds }, duration)).toThrow(`test.job.duration: bounds is ${shown}, not at most 1000 ascending, finite numbers ≥ 0`);
  });

  test.each([
    [[1, NaN]],
    [[1, Infinity]],
    [[-1, 1]],
    [['1']],
    [[2, 1]],
    [[1, 1]],
    [[0, -0]],
    [[0, undefined, 1]],
    [Array.from({ length: 1001 }, (_, i) => i)],
  ])('where they are %o', (bounds) => {
    const shown = `[${bounds.join()}]`.slice(0, 100);
    const message = `test.job.duration: bounds is ${shown}, not at most 1000 ascending, finite numbers ≥ 0`;
    expect(defining({ bounds }, duration)).toThrow(new RangeError(message));
  });

  test('but not where there are none, one that is 0, or a thousand', () => {
    for (const bounds of [[], [0], Array.from({ length: 1000 }, (_, i) => i)]) expect(defining({ bounds }, duration)).not.toThrow();
  });
});

test('a definition that is sound is returned as it is', () => {
  const definition = { ...jobs };
  expect(defineMetric(definition)).toBe(definition);
});

test('our own definitions, which are plain records, are sound', () => {
  for (const definition of Object.values(allDefinitions).flat()) expect(() => defineMetric(definition)).not.toThrow();
});
