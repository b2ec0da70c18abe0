import { Registry, type Series } from '@modelmeter/core';
import { expect, test } from 'vitest';
import { bucketLabels } from '../../src/prometheus/bucket-labels.ts';
import { duration } from './example-metrics.ts';

test('the labels of bounds are those of each format, with their length in bytes', () => {
  const bounds = [0.5, 10];
  for (const [format, expected] of [
    ['text', ['le="0.5"}', 'le="10"}', 'le="+Inf"}']],
    ['openmetrics', ['le="0.5"}', 'le="10.0"}', 'le="+Inf"}']],
  ] as const) {
    const { texts, byteLength } = bucketLabels(bounds, format);
    expect(texts.map(String)).toEqual(expected);
    expect(byteLength).toBe(expected.join('').length);
  }
});

test('series of the same list of bounds share the labels of their buckets, also over metrics', () => {
  const registry = new Registry();
  const list = [1, 2];
  const labelsOf = (name: string, model: string, bounds?: readonly number[]) => {
    const series = registry.bind({ ...duration, name }, { 'model.name': model }, bounds ? { bounds } : {}) as unknown as Series;
    return bucketLabels(series.buckets.bounds, 'text');
  };
  const [usual, own] = [labelsOf('a', 'usual'), labelsOf('a', 'own', list)];
  expect(own).not.toBe(usual);
  expect(labelsOf('a', 'usual too')).toBe(usual);
  expect(labelsOf('a', 'own too', list)).toBe(own);
  expect(labelsOf('b', 'own', list)).toBe(own);
  expect(labelsOf('b', 'usual')).toBe(usual);
});
