import { beforeEach, describe, expect, test } from 'vitest';
import { defineMetric, type Producer, Registry } from '../../src/index.ts';
import { collectDropped, collectValues } from '../collected.ts';
import { duration } from '../example-metrics.ts';
import { PseudoRandom } from '../pseudo-random.ts';

const attributes = { 'test.queue': 'a' };
let registry: Registry;
let producer: Producer;
beforeEach(() => {
  registry = new Registry();
  producer = registry.producer();
});

describe('a histogram', () => {
  test('is exported from bind on, with count 0 and no extremes', async () => {
    registry.bind(duration, attributes);
    expect(await collectValues(producer, duration)).toEqual([
      { buckets: { boundaries: [0.5, 1, 2], counts: [0, 0, 0, 0] }, sum: 0, count: 0 },
    ]);
  });

  test('has sum, count, minimum, maximum and a bucket for each bound, which is part of it, and one above', async () => {
    const histogram = registry.bind(duration, attributes);
    for (const seconds of [0.5, 0.25, 1, 1.5, 2, 2.5, 100]) histogram.record(seconds);
    expect(await collectValues(producer, duration)).toEqual([
      { buckets: { boundaries: [0.5, 1, 2], counts: [2, 1, 2, 2] }, sum: 107.75, count: 7, min: 0.25, max: 100 },
    ]);
  });

  test.each([0, -0])('takes %o into its first bucket', async (zero) => {
    registry.bind(duration, attributes).record(zero);
    expect(await collectValues(producer, duration)).toMatchObject([{ buckets: { counts: [1, 0, 0, 0] }, count: 1, sum: 0 }]);
  });

  test('keeps negative values out and counts them', async () => {
    const histogram = registry.bind(duration, attributes);
    for (const value of [-1, -Number.MIN_VALUE, -1e300]) histogram.record(value);
    expect(await collectValues(producer, duration)).toMatchObject([{ sum: 0, count: 0 }]);
    expect(await collectDropped(producer)).toEqual({ negative: 3 });
  });

  test('without bounds has one bucket', async () => {
    const sizes = defineMetric({ ...duration, name: 'test.sizes', bounds: [] });
    registry.bind(sizes, attributes).record(3);
    expect(await collectValues(producer, sizes)).toEqual([{ buckets: { boundaries: [], counts: [1] }, sum: 3, count: 1, min: 3, max: 3 }]);
  });

  test('holds whole numbers exactly, whatever comes in between', async () => {
    const random = new PseudoRandom(7);
    const series = ['a', 'b', 'c'].map((name) => ({ histogram: registry.bind(duration, { 'test.queue': name }), values: [] as number[] }));
    for (let i = 0; i < 5000; i++) {
      const one = series[Math.floor(random.fraction() * series.length)];
      const value = Math.floor(random.fraction() * 5);
      one?.histogram.record(value);
      one?.values.push(value);
    }
    const expected = series.map(({ values }) => {
      const within = (low: number, high: number) => values.filter((value) => value > low && value <= high).length;
      const counts = [within(-1, 0.5), within(0.5, 1), within(1, 2), within(2, 9)];
      const sum = values.reduce((total, value) => total + value, 0);
      return { buckets: { boundaries: [0.5, 1, 2], counts }, sum, count: values.length, min: 0, max: 4 };
    });
    expect(await collectValues(producer, duration)).toEqual(expected);
  });

  test('keeps its numbers when the arrays that it gave out are changed', async () => {
    registry.bind(duration, attributes).record(1);
    const [value] = await collectValues(producer, duration);
    if (typeof value === 'object') {
      value.buckets.counts.fill(9);
      value.buckets.boundaries.length = 0;
    }
    expect(await collectValues(producer, duration)).toMatchObject([{ buckets: { boundaries: [0.5, 1, 2], counts: [0, 1, 0, 0] } }]);
  });
});
