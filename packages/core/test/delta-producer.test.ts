import { beforeEach, describe, expect, test } from 'vitest';
import { deltaTemporality, type Producer, Registry } from '../src/index.ts';
import type { HistogramValue } from '../src/otel-metric-data.ts';
import { collect, collectPoints, collectValues, toPoints } from './collected.ts';
import { duration, jobs, load, waiting } from './example-metrics.ts';
import { FakeClock } from './fake-clock.ts';
import { PseudoRandom } from './pseudo-random.ts';

const attributes = { 'test.queue': 'a' };
let clock: FakeClock;
let registry: Registry;
let producer: Producer;
beforeEach(() => {
  clock = new FakeClock();
  registry = new Registry({ clock });
  producer = registry.producer({ temporality: deltaTemporality });
});

describe('a delta producer', () => {
  test('tells of a counter what came since the last collection, from then to now', async () => {
    const counter = registry.bind(jobs, attributes);
    counter.add(3);
    clock.advance(1);
    expect(await collectPoints(producer, jobs)).toEqual([{ attributes, value: 3, startSeconds: 0, endSeconds: 1 }]);
    counter.add(4);
    clock.advance(2);
    expect(await collectPoints(producer, jobs)).toEqual([{ attributes, value: 4, startSeconds: 1, endSeconds: 3 }]);
    clock.advance(4);
    expect(await collectPoints(producer, jobs)).toEqual([{ attributes, value: 0, startSeconds: 3, endSeconds: 7 }]);
  });

  test('tells the whole of an observed total that began anew', async () => {
    const counter = registry.bind(jobs, attributes);
    counter.observe(10);
    expect(await collectValues(producer, jobs)).toEqual([10]);
    counter.observe(4);
    expect(await collectValues(producer, jobs)).toEqual([4]);
  });

  test('tells of a histogram what came since the last collection, without extremes, which it does not know', async () => {
    const histogram = registry.bind(duration, attributes);
    histogram.record(0.25);
    histogram.record(4);
    const buckets = (counts: number[]) => ({ boundaries: [0.5, 1, 2], counts });
    expect(await collectValues(producer, duration)).toEqual([{ buckets: buckets([1, 0, 0, 1]), sum: 4.25, count: 2 }]);
    histogram.record(1);
    expect(await collectValues(producer, duration)).toEqual([{ buckets: buckets([0, 1, 0, 0]), sum: 1, count: 1 }]);
    expect(await collectValues(producer, duration)).toEqual([{ buckets: buckets([0, 0, 0, 0]), sum: 0, count: 0 }]);
  });

  test('tells of each histogram by its own bounds', async () => {
    const [fine, usual] = [registry.bind(duration, { 'test.queue': 'fine' }, { bounds: [0.1] }), registry.bind(duration, attributes)];
    for (const seconds of [0.05, 1]) for (const one of [fine, usual]) one.record(seconds);
    await producer.collect();
    for (const one of [fine, usual]) one.record(0.05);
    usual.record(4);
    expect(await collectValues(producer, duration)).toEqual([
      { buckets: { boundaries: [0.1], counts: [1, 0] }, sum: expect.closeTo(0.05), count: 1 },
      { buckets: { boundaries: [0.5, 1, 2], counts: [1, 0, 0, 1] }, sum: expect.closeTo(4.05), count: 2 },
    ]);
  });

  test('tells up-down counters and gauges as they are', async () => {
    const [size, gauge] = [registry.bind(waiting, attributes), registry.bind(load, attributes)];
    size.add(5);
    gauge.set(0.5);
    await producer.collect();
    size.add(-2);
    expect(await collectPoints(producer, waiting)).toMatchObject([{ value: 3, startSeconds: 0 }]);
    expect(await collectValues(producer, load)).toEqual([0.5]);
  });

  test('says of each metric whether it is delta or cumulative', async () => {
    for (const definition of [jobs, waiting, duration]) registry.bind(definition, attributes);
    registry.bind(load, attributes).set(1);
    const metrics = await collect(producer);
    const temporality = [jobs, waiting, load, duration].map(({ name }) => metrics.get(name)?.aggregationTemporality);
    expect(temporality).toEqual([0, 1, 1, 0]);
  });

  test('starts a series that came later when it was bound', async () => {
    clock.advance(1);
    await producer.collect();
    clock.advance(1);
    registry.bind(jobs, attributes).add(1);
    clock.advance(1);
    expect(await collectPoints(producer, jobs)).toEqual([{ attributes, value: 1, startSeconds: 2, endSeconds: 3 }]);
  });
});

test('two delta readers at different rhythms each add up to the totals, interval upon interval', async () => {
  const [counter, histogram] = [registry.bind(jobs, attributes), registry.bind(duration, attributes)];
  const random = new PseudoRandom(42);
  const readers = [producer, registry.producer({ temporality: deltaTemporality })].map((reader) => new DeltaSum(reader));
  const expected = { jobs: 0, seconds: 0, counts: [0, 0, 0, 0] };
  for (let step = 0; step < 500; step++) {
    clock.advance(1);
    const [added, seconds] = [Math.floor(random.fraction() * 10), Math.floor(random.fraction() * 12) / 4];
    counter.add(added);
    histogram.record(seconds);
    expected.jobs += added;
    expected.seconds += seconds;
    const bucket = [0.5, 1, 2, Infinity].findIndex((bound) => seconds <= bound);
    expected.counts[bucket] = (expected.counts[bucket] ?? 0) + 1;
    if (step % 3 === 0) await readers[0]?.collect();
    if (random.fraction() < 0.1) await readers[1]?.collect();
  }
  for (const reader of readers) {
    await reader.collect();
    expect(reader.totals).toEqual(expected);
    expect(reader.endSeconds).toBe(500);
  }
});

/** Adds up what a delta producer tells. */
class DeltaSum {
  readonly totals = { jobs: 0, seconds: 0, counts: [0, 0, 0, 0] };
  endSeconds = 0;
  readonly #producer: Producer;

  constructor(producer: Producer) {
    this.#producer = producer;
  }

  async collect(): Promise<void> {
    const metrics = await collect(this.#producer);
    const [done, took] = [jobs, duration].map(({ name }) => toPoints(metrics.get(name))[0]);
    if (!done || !took) throw new Error('a metric is missing');
    for (const { startSeconds } of [done, took])
      if (startSeconds !== this.endSeconds) throw new Error(`a gap or overlap at ${startSeconds} s`);
    this.endSeconds = done.endSeconds;
    const { sum, buckets } = took.value as HistogramValue;
    this.totals.jobs += done.value as number;
    this.totals.seconds += sum;
    buckets.counts.forEach((count, i) => (this.totals.counts[i] = (this.totals.counts[i] ?? 0) + count));
  }
}
