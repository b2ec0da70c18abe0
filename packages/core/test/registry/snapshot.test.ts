import { expect, test } from 'vitest';
import { BUCKETS_AT, Registry, SUM_AT, type Series, type Snapshot, VALUE_AT } from '../../src/index.ts';
import { duration, jobs } from '../example-metrics.ts';
import { BEGAN_UNIX_SECONDS, FakeClock } from '../fake-clock.ts';

const of = (queue: string) => ({ 'test.queue': queue });

function seriesOf({ families }: Snapshot, { name }: { readonly name: string }): readonly Series[] {
  return families.find(({ definition }) => definition.name === name)?.series ?? [];
}

test('a snapshot holds every number of one moment, whatever is recorded, bound or removed afterwards', () => {
  const clock = new FakeClock();
  const registry = new Registry({ clock });
  const reader = registry.openReader();
  const [a, b] = [registry.bind(jobs, of('a')), registry.bind(jobs, of('b'))];
  a.add(1);
  b.add(2);
  clock.advance(4);
  const snapshot = reader.collect();
  clock.advance(4);
  a.add(10);
  b.remove();
  registry.bind(jobs, of('c')).add(100);
  expect(snapshot.unixSeconds).toBe(BEGAN_UNIX_SECONDS + 4);
  expect(seriesOf(snapshot, jobs).map(({ attributes }) => attributes)).toEqual([of('a'), of('b')]);
  expect(seriesOf(snapshot, jobs).map((series) => snapshot.read(series, VALUE_AT))).toEqual([1, 2]);
  const later = reader.collect();
  expect(seriesOf(later, jobs).map((series) => [series.attributes, later.read(series, VALUE_AT)])).toEqual([
    [of('a'), 11],
    [of('c'), 100],
  ]);
});

test('the numbers of a histogram lie in order: sum, minimum, maximum and its buckets', () => {
  const registry = new Registry();
  const reader = registry.openReader();
  const histogram = registry.bind(duration, of('a'));
  for (const seconds of [0.25, 1.5, 4]) histogram.record(seconds);
  const snapshot = reader.collect();
  const [series] = seriesOf(snapshot, duration);
  if (!series) throw new Error('the histogram is missing');
  expect([...snapshot.valuesOf(series)]).toEqual([5.75, 0.25, 4, 1, 0, 1, 1]);
  expect(snapshot.read(series, SUM_AT)).toBe(5.75);
  expect(snapshot.read(series, BUCKETS_AT + 3)).toBe(1);
});

test('a histogram has as many numbers as its own bounds ask for', () => {
  const registry = new Registry();
  const reader = registry.openReader();
  registry.bind(duration, of('a'), { bounds: [3] }).record(5);
  registry.bind(duration, of('b')).record(5);
  const snapshot = reader.collect();
  expect(seriesOf(snapshot, duration).map((series) => [series.buckets.bounds, [...snapshot.valuesOf(series)]])).toEqual([
    [[3], [5, 5, 5, 0, 1]],
    [
      [0.5, 1, 2],
      [5, 5, 5, 0, 0, 0, 1],
    ],
  ]);
});

test('series carry frozen attributes and the moment at which they began', () => {
  const clock = new FakeClock();
  const registry = new Registry({ clock });
  const reader = registry.openReader();
  const attributes = { ...of('a') };
  clock.advance(2);
  registry.bind(jobs, attributes);
  attributes['test.queue'] = 'changed';
  const [series] = seriesOf(reader.collect(), jobs);
  expect(series?.startUnixSeconds).toBe(BEGAN_UNIX_SECONDS + 2);
  expect(series?.attributes).toEqual(of('a'));
  expect(series?.attributes).toSatisfy(Object.isFrozen);
});
