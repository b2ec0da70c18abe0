import { beforeEach, describe, expect, test } from 'vitest';
import { type Producer, Registry } from '../../src/index.ts';
import { collectDropped, collectValues } from '../collected.ts';
import { duration, jobs, load, waiting } from '../example-metrics.ts';
import { untyped } from '../untyped.ts';
import { listenToWarnings } from '../warnings.ts';

const attributes = { 'test.queue': 'a' };
const NOT_FINITE = [NaN, Infinity, -Infinity];
const NOT_NUMBERS = [null, '1', '', 1n, true, {}, [], [1], Symbol('1'), () => 1, new Date(0), Object.create(null) as object];

let registry: Registry;
let producer: Producer;
beforeEach(() => {
  registry = new Registry();
  producer = registry.producer();
});

describe('a counter', () => {
  test('is exported from bind on, at 0, and adds 1 or what it is given', async () => {
    const counter = registry.bind(jobs, attributes);
    expect(await collectValues(producer, jobs)).toEqual([0]);
    counter.add();
    counter.add(2.5);
    counter.add(0);
    counter.add(-0);
    expect(await collectValues(producer, jobs)).toEqual([3.5]);
    expect(await collectDropped(producer)).toEqual({});
  });

  test('takes over a total', async () => {
    const counter = registry.bind(jobs, attributes);
    counter.add(5);
    counter.observe(7);
    expect(await collectValues(producer, jobs)).toEqual([7]);
  });

  test('keeps negative values out and counts them', async () => {
    const counter = registry.bind(jobs, attributes);
    counter.add(1);
    counter.add(-1);
    counter.observe(-Number.MIN_VALUE);
    expect(await collectValues(producer, jobs)).toEqual([1]);
    expect(await collectDropped(producer)).toEqual({ negative: 2 });
  });
});

describe('an up-down counter', () => {
  test('is exported from bind on, at 0, and goes up and down', async () => {
    const size = registry.bind(waiting, attributes);
    expect(await collectValues(producer, waiting)).toEqual([0]);
    size.add(2);
    size.add(-4.5);
    expect(await collectValues(producer, waiting)).toEqual([-2.5]);
    size.observe(-1);
    expect(await collectValues(producer, waiting)).toEqual([-1]);
    expect(await collectDropped(producer)).toEqual({});
  });
});

describe('a gauge', () => {
  test('is absent until it is set, and again when it is cleared', async () => {
    const gauge = registry.bind(load, attributes);
    expect(await collectValues(producer, load)).toEqual([]);
    gauge.set(0);
    expect(await collectValues(producer, load)).toEqual([0]);
    gauge.clear();
    expect(await collectValues(producer, load)).toEqual([]);
    gauge.set(-0.5);
    expect(await collectValues(producer, load)).toEqual([-0.5]);
  });

  test('keeps its last finite value', async () => {
    const gauge = registry.bind(load, attributes);
    gauge.set(0.25);
    for (const value of NOT_FINITE) gauge.set(value);
    expect(await collectValues(producer, load)).toEqual([0.25]);
    expect(await collectDropped(producer)).toEqual({ non_finite: 3 });
  });
});

describe('any instrument', () => {
  const recorders = () => {
    const bind = (definition: object) => untyped(registry).bind(definition, attributes);
    const [counter, upDown, gauge, histogram] = [bind(jobs), bind(waiting), bind(load), bind(duration)];
    return [counter.add, counter.observe, upDown.add, upDown.observe, gauge.set, histogram.record].map((record, i) =>
      record.bind([counter, counter, upDown, upDown, gauge, histogram][i]),
    );
  };

  test.each([...NOT_FINITE, ...NOT_NUMBERS])('keeps %o out, counts it, and does not throw', async (value) => {
    const all = recorders();
    for (const record of all) record(1);
    for (const record of all) record(value);
    expect(await collectDropped(producer)).toEqual({ non_finite: all.length });
    expect(await collectValues(producer, jobs)).toEqual([1]);
    expect(await collectValues(producer, waiting)).toEqual([1]);
    expect(await collectValues(producer, load)).toEqual([1]);
    expect(await collectValues(producer, duration)).toMatchObject([{ sum: 1, count: 1, min: 1, max: 1 }]);
  });

  test('warns once of each reason and metric', () => {
    const warnings = listenToWarnings();
    const counter = registry.bind(jobs, attributes);
    for (const value of [NaN, -1, NaN, -1, Infinity]) counter.add(value);
    untyped(registry).bind(duration, attributes).record('1');
    expect(warnings).toEqual([
      'modelmeter: test.jobs: non_finite: NaN; further ones are only counted',
      'modelmeter: test.jobs: negative: -1; further ones are only counted',
      'modelmeter: test.job.duration: non_finite: string; further ones are only counted',
    ]);
  });
});
