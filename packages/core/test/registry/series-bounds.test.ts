import { beforeEach, describe, expect, test } from 'vitest';
import { type BindOptions, type BoundHistogram, type MetricDefinition, type Producer, Registry, type Series } from '../../src/index.ts';
import type { HistogramValue } from '../../src/otel-metric-data.ts';
import { collectPoints, collectValues } from '../collected.ts';
import { duration, jobs, load, queue, waiting } from '../example-metrics.ts';
import { PseudoRandom } from '../pseudo-random.ts';
import { listenToWarnings } from '../warnings.ts';

const FINE = [0.001, 0.01, 0.1];
const COARSE = [60, 600];
const of = (name: string) => ({ 'test.queue': name });
const limited = { ...duration, attributes: [{ ...queue, limit: 1 }] };

let registry: Registry;
let producer: Producer;
beforeEach(() => {
  registry = new Registry();
  producer = registry.producer();
});

/** The bounds and counts of each series, by the name of its queue. */
async function buckets(metric: MetricDefinition = duration) {
  const points = await collectPoints(producer, metric);
  return Object.fromEntries(
    points.map(({ attributes, value }) => {
      const { boundaries, counts } = (value as HistogramValue).buckets;
      return [String(attributes['test.queue']), [boundaries, counts]];
    }),
  );
}

describe('a series with bounds of its own', () => {
  test('has its values in its own buckets, beside series of the same metric with other bounds', async () => {
    const series = [
      registry.bind(duration, of('tiny'), { bounds: FINE }),
      registry.bind(duration, of('large'), { bounds: COARSE }),
      registry.bind(duration, of('usual')),
    ];
    for (const one of series) for (const seconds of [0.001, 0.05, 1, 60, 61, 1e6]) one.record(seconds);
    expect(await buckets()).toEqual({
      tiny: [FINE, [1, 0, 1, 4]],
      large: [COARSE, [4, 1, 1]],
      usual: [
        [0.5, 1, 2],
        [2, 1, 0, 3],
      ],
    });
    expect(await collectValues(producer, duration)).toMatchObject(series.map(() => ({ count: 6, sum: 1000122.051, min: 0.001, max: 1e6 })));
  });

  test('may have a single bucket', async () => {
    registry.bind(duration, of('a'), { bounds: [] }).record(3);
    expect(await buckets()).toEqual({ a: [[], [1]] });
  });

  test('goes before the bounds of the registry, which go before those of the definition', async () => {
    registry = new Registry({ bounds: { [duration.name]: COARSE } });
    producer = registry.producer();
    registry.bind(duration, of('own'), { bounds: FINE });
    registry.bind(duration, of('usual'));
    expect(await buckets()).toEqual({ own: [FINE, [0, 0, 0, 0]], usual: [COARSE, [0, 0, 0]] });
  });

  test('is given again for the same bounds, in whatever array, and where none are asked for', () => {
    const own = registry.bind(duration, of('a'), { bounds: FINE });
    expect(registry.bind(duration, of('a'), { bounds: [...FINE] })).toBe(own);
    expect(registry.beginRun().bind(duration, of('a'), { bounds: FINE })).toBe(own);
    expect(registry.bind(duration, of('a'))).toBe(own);
    const usual = registry.bind(duration, of('b'));
    expect(registry.bind(duration, of('b'), { bounds: duration.bounds })).toBe(usual);
  });

  test('keeps its bounds when the array that they were given in is changed', async () => {
    const bounds = [1, 2];
    const histogram = registry.bind(duration, of('a'), { bounds });
    bounds[0] = 100;
    bounds.push(3);
    histogram.record(1.5);
    expect(await buckets()).toEqual({
      a: [
        [1, 2],
        [0, 1, 0],
      ],
    });
  });

  test('may begin anew with other bounds once it is removed, without touching the series in its old place', async () => {
    const first = registry.bind(duration, of('a'), { bounds: FINE });
    first.record(5);
    first.remove();
    const other = registry.bind(duration, of('b'), { bounds: FINE });
    const second = registry.bind(duration, of('a'), { bounds: COARSE });
    first.record(0.05);
    other.record(0.005);
    second.record(100);
    expect(await buckets()).toEqual({ b: [FINE, [0, 1, 0, 0]], a: [COARSE, [0, 1, 0]] });
  });

  test('of a run ends with it, and the next run may have others', async () => {
    registry = new Registry({ keepEndedRuns: 0 });
    producer = registry.producer();
    for (const bounds of [FINE, COARSE]) {
      const run = registry.beginRun();
      run.bind(duration, of('a'), { bounds }).record(0.05);
      expect(await buckets()).toMatchObject({ a: [bounds, expect.anything()] });
      run.end();
      expect(await buckets()).toEqual({});
    }
  });
});

describe('memory', () => {
  const seriesOf = (given: unknown) => given as Series;

  test('is shared: series of the same list of bounds have one bucket index', () => {
    const [a, b, c, usual] = [FINE, FINE, COARSE, undefined].map((bounds, i) =>
      seriesOf(registry.bind(duration, of(`${i}`), bounds ? { bounds } : {})),
    );
    expect(a?.buckets).toBe(b?.buckets);
    expect(c?.buckets).not.toBe(a?.buckets);
    expect(seriesOf(registry.bind(duration, of('explicit'), { bounds: duration.bounds })).buckets).toBe(usual?.buckets);
  });

  test('of a removed series is used again by one of as many buckets, whatever its bounds and metric are', () => {
    const place = (given: unknown) => seriesOf(given).slot;
    const first = registry.bind(duration, of('a'), { bounds: FINE });
    const slot = place(first);
    first.remove();
    expect(place(registry.bind(duration, of('b'), { bounds: COARSE }))).not.toBe(slot);
    expect(place(registry.bind(duration, of('c'), { bounds: [7, 8, 9] }))).toBe(slot);
  });
});

test('every series has its own values in its own buckets, whatever comes and goes in between', async () => {
  const random = new PseudoRandom(3);
  const upTo = (limit: number) => Math.floor(random.fraction() * limit);
  const lists = [FINE, COARSE, [1], [2, 3], [0.25, 0.5, 4], []];
  const live = new Map<string, { bounds: readonly number[]; counts: number[]; histogram: BoundHistogram }>();
  for (let step = 0; step < 3000; step++) {
    const name = `q${upTo(30)}`;
    const bounds = lists[upTo(lists.length)] ?? [];
    const known = live.get(name);
    if (!known)
      live.set(name, { bounds, counts: Array(bounds.length + 1).fill(0), histogram: registry.bind(duration, of(name), { bounds }) });
    else if (upTo(4) === 0) {
      known.histogram.remove();
      known.histogram.record(1);
      live.delete(name);
    } else {
      const seconds = random.fraction() * 10 ** (upTo(7) - 3);
      known.histogram.record(seconds);
      const bucket = known.bounds.findIndex((bound) => seconds <= bound);
      known.counts[bucket === -1 ? known.bounds.length : bucket]! += 1;
    }
    if (step % 100 > 0) continue;
    expect(await buckets()).toEqual(Object.fromEntries(Array.from(live, ([queue, { bounds, counts }]) => [queue, [bounds, counts]])));
  }
});

describe('values that are recorded together with those of other sets', () => {
  test('go by the bounds of the metric in the overflow series', async () => {
    registry = new Registry({ maxSeriesPerMetric: 2 });
    producer = registry.producer();
    registry.bind(duration, of('a'), { bounds: FINE }).record(0.05);
    registry.bind(duration, of('b'), { bounds: FINE }).record(0.05);
    registry.bind(duration, of('c'), { bounds: COARSE }).record(100);
    expect(await buckets()).toEqual({
      a: [FINE, [0, 0, 1, 0]],
      undefined: [
        [0.5, 1, 2],
        [1, 0, 0, 1],
      ],
    });
  });

  test('go by the bounds of the first set in a series of _OTHER, and no later bind throws', async () => {
    const warnings = listenToWarnings();
    registry.bind(limited, of('a'), { bounds: FINE });
    registry.bind(limited, of('b'), { bounds: COARSE }).record(100);
    registry.bind(limited, of('c'), { bounds: FINE }).record(0.05);
    registry.bind(limited, of('_OTHER'), { bounds: [5] }).record(700);
    expect(await buckets(limited)).toEqual({ a: [FINE, [0, 0, 0, 0]], _OTHER: [COARSE, [1, 1, 1]] });
    expect(warnings).toHaveLength(1);
  });
});

describe('bounds are refused', () => {
  const bind = (definition: MetricDefinition, bounds: unknown) =>
    registry.bind(definition, of('a'), { bounds } as BindOptions<MetricDefinition>);

  test.each([
    [[2, 1], '[2,1]'],
    [[-1], '[-1]'],
    [[1, NaN], '[1,NaN]'],
    [['1'], '[1]'],
    [Array.from({ length: 1001 }, (_, i) => i), '[0,1,2,3,'],
    ['1,2', '"1,2"'],
    [null, 'null'],
  ])('that are %j', (bounds, shown) => {
    expect(() => bind(duration, bounds)).toThrow(RangeError);
    expect(() => bind(duration, bounds)).toThrow(`test.job.duration: bounds is ${shown}`);
  });

  test.each([jobs, waiting, load])('of the $instrument $name', (definition) => {
    expect(() => bind(definition, [1])).toThrow(RangeError);
    expect(() => bind(definition, [1])).toThrow(`${definition.name}: bounds is [1], not for a ${definition.instrument}`);
    expect(() => registry.bind(definition, of('a'), {})).not.toThrow();
  });

  test('that differ from those that the same attributes have', async () => {
    const message = 'test.job.duration: bounds is [60,600], not 0.001,0.01,0.1 as before';
    registry.bind(duration, of('a'), { bounds: FINE });
    expect(() => registry.bind(duration, of('a'), { bounds: COARSE })).toThrow(RangeError);
    expect(() => registry.bind(duration, of('a'), { bounds: COARSE })).toThrow(message);
    expect(() => registry.beginRun().bind(duration, of('a'), { bounds: COARSE })).toThrow(message);
    expect(() => registry.bind(duration, of('a'), { bounds: duration.bounds })).toThrow('bounds is [0.5,1,2]');
    registry.bind(duration, of('b'));
    expect(() => registry.bind(duration, of('b'), { bounds: FINE })).toThrow('bounds is [0.001,0.01,0.1], not 0.5,1,2 as before');
    expect(await buckets()).toEqual({ a: [FINE, [0, 0, 0, 0]], b: [duration.bounds, [0, 0, 0, 0]] });
  });
});
