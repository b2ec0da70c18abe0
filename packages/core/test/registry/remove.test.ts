import { beforeEach, describe, expect, test } from 'vitest';
import { deltaTemporality, type Producer, Registry } from '../../src/index.ts';
import { collectPoints, collectValues } from '../collected.ts';
import { duration, jobs, load, waiting } from '../example-metrics.ts';
import { FakeClock } from '../fake-clock.ts';

let clock: FakeClock;
let registry: Registry;
let producer: Producer;
beforeEach(() => {
  clock = new FakeClock();
  registry = new Registry({ clock });
  producer = registry.producer();
});
const of = (queue: string) => ({ 'test.queue': queue });

describe('remove', () => {
  test('ends the series at once, for every kind of instrument', async () => {
    for (const definition of [jobs, waiting, load, duration]) {
      const bound = registry.bind(definition, of('a'));
      if ('set' in bound) bound.set(1);
      expect(await collectPoints(producer, definition)).toHaveLength(1);
      bound.remove();
      expect(await collectPoints(producer, definition)).toEqual([]);
    }
  });

  test('lets the next bind begin anew, with a start of its own', async () => {
    const counter = registry.bind(jobs, of('a'));
    counter.add(5);
    clock.advance(8);
    counter.remove();
    const next = registry.bind(jobs, of('a'));
    expect(next).not.toBe(counter);
    next.add(1);
    clock.advance(2);
    expect(await collectPoints(producer, jobs)).toEqual([{ attributes: of('a'), value: 1, startSeconds: 8, endSeconds: 10 }]);
  });

  test('begins histograms and gauges anew as well', async () => {
    const [histogram, gauge] = [registry.bind(duration, of('a')), registry.bind(load, of('a'))];
    histogram.record(5);
    gauge.set(1);
    histogram.remove();
    gauge.remove();
    registry.bind(duration, of('a'));
    registry.bind(load, of('a'));
    expect(await collectValues(producer, duration)).toEqual([
      { buckets: { boundaries: [0.5, 1, 2], counts: [0, 0, 0, 0] }, sum: 0, count: 0 },
    ]);
    expect(await collectValues(producer, load)).toEqual([]);
  });

  test('sends what an old instrument records nowhere, though its place serves another series', async () => {
    const old = { jobs: registry.bind(jobs, of('a')), waiting: registry.bind(waiting, of('a')), load: registry.bind(load, of('a')) };
    const oldDuration = registry.bind(duration, of('a'));
    for (const bound of [...Object.values(old), oldDuration]) bound.remove();
    for (const definition of [jobs, waiting, duration]) registry.bind(definition, of('b'));
    registry.bind(load, of('b')).set(0);
    old.jobs.add(100);
    old.jobs.observe(100);
    old.waiting.add(100);
    old.waiting.observe(100);
    old.load.set(100);
    old.load.clear();
    oldDuration.record(100);
    for (const definition of [jobs, waiting, load])
      expect(await collectPoints(producer, definition)).toMatchObject([{ attributes: of('b'), value: 0 }]);
    expect(await collectValues(producer, duration)).toMatchObject([{ count: 0, sum: 0 }]);
  });

  test('does not touch the series that came in the place of the removed one', async () => {
    const old = registry.bind(jobs, of('a'));
    old.remove();
    registry.bind(jobs, of('a')).add(1);
    old.remove();
    expect(await collectValues(producer, jobs)).toEqual([1]);
  });

  test('gives a delta reader the new series whole', async () => {
    const delta = registry.producer({ temporality: deltaTemporality });
    registry.bind(jobs, of('a')).add(5);
    expect(await collectValues(delta, jobs)).toEqual([5]);
    registry.bind(jobs, of('a')).remove();
    registry.bind(jobs, of('a')).add(2);
    expect(await collectValues(delta, jobs)).toEqual([2]);
  });
});
