import { AggregationType, type ExponentialHistogram } from '@opentelemetry/sdk-metrics';
import { describe, expect, test } from 'vitest';
import { type ExplicitBuckets, explicitBuckets, exponentialBuckets } from '../../src/prometheus/explicit-buckets.ts';
import { openReader } from './open-reader.ts';

const none = { offset: 0, bucketCounts: [] };

describe('an explicit histogram', () => {
  test('keeps its bounds and counts', () => {
    const buckets = { boundaries: [1, 2], counts: [3, 4, 5] };
    expect(explicitBuckets({ buckets, count: 12 })).toEqual({ bounds: [1, 2], counts: [3, 4, 5] });
  });

  test('with equal or infinite bounds loses these bounds and no value', () => {
    const buckets = { boundaries: [1, 1, 2, Infinity], counts: [3, 4, 5, 6, 0] };
    expect(explicitBuckets({ buckets, count: 18 })).toEqual({ bounds: [1, 2], counts: [3, 9, 6] });
  });
});

describe('an exponential histogram', () => {
  test('of positive values begins at the lower bound of its first bucket', () => {
    const positive = { offset: -1, bucketCounts: [1, 0, 2] };
    expect(exponentialBuckets({ scale: 0, zeroCount: 0, positive, negative: none, count: 3 })).toEqual({
      bounds: [0, 0.5, 1, 2, 4],
      counts: [0, 0, 1, 0, 2, 0],
    });
  });

  test('of negative values and zeros ends at 0', () => {
    const negative = { offset: 1, bucketCounts: [1, 2] };
    expect(exponentialBuckets({ scale: 0, zeroCount: 5, positive: none, negative, count: 8 })).toEqual({
      bounds: [-4, -2, 0],
      counts: [2, 1, 5, 0],
    });
  });

  test('has bounds between powers of two where its scale is high, above them where it is low', () => {
    const positive = { offset: 0, bucketCounts: [1, 1] };
    const { bounds } = exponentialBuckets({ scale: 2, zeroCount: 0, positive, negative: none, count: 2 });
    expect(bounds).toEqual([0, 1, 2 ** 0.25, 2 ** 0.5]);
    expect(exponentialBuckets({ scale: -2, zeroCount: 0, positive, negative: none, count: 2 }).bounds).toEqual([0, 1, 16, 256]);
  });

  test('that widens keeps the bounds of its lower scale', () => {
    const before = exponentialBuckets({
      scale: 5,
      zeroCount: 0,
      positive: { offset: 0, bucketCounts: Array.from({ length: 64 }, () => 1) },
      negative: none,
      count: 64,
    });
    const after = exponentialBuckets({
      scale: 4,
      zeroCount: 0,
      positive: { offset: 0, bucketCounts: Array.from({ length: 32 }, () => 2) },
      negative: none,
      count: 64,
    });
    expect(before.bounds).toEqual(expect.arrayContaining([...after.bounds]));
  });

  test('at the ends of what a double holds has no infinite or repeated bound, and loses no value', () => {
    const positive = { offset: -1075, bucketCounts: Array.from({ length: 2100 }, () => 1) };
    const { bounds, counts } = exponentialBuckets({ scale: 0, zeroCount: 1, positive, negative: positive, count: 4201 });
    expect(bounds.every((bound, i) => Number.isFinite(bound) && bound > (bounds[i - 1] ?? -Infinity))).toBe(true);
    expect(counts).toHaveLength(bounds.length + 1);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4201);
  });

  test('of the SDK has as many values up to each bound as were recorded', async () => {
    const { reader, meter } = openReader({
      views: [{ instrumentName: '*', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } }],
    });
    const histogram = meter.createHistogram('sizes');
    const values = Array.from({ length: 500 }, (_, i) => (i % 7 === 0 ? 0 : Math.sin(i * 12.9898) ** 2 * 1000));
    for (const value of values) histogram.record(value);
    const { resourceMetrics } = await reader.collect();
    const value = resourceMetrics.scopeMetrics[0]?.metrics[0]?.dataPoints[0]?.value as ExponentialHistogram;
    const { bounds, counts } = exponentialBuckets(value);
    expect(cumulative(counts)).toEqual([...bounds, Infinity].map((bound) => values.filter((one) => one <= bound).length));
  });
});

function cumulative(counts: ExplicitBuckets['counts']): number[] {
  let sum = 0;
  return counts.map((count) => (sum += count));
}
