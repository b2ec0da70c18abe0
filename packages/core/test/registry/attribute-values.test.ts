import { describe, expect, test } from 'vitest';
import { Registry, type RegistryOptions } from '../../src/index.ts';
import { collectDropped, collectPoints } from '../collected.ts';
import { jobs, load, outcome, user } from '../example-metrics.ts';
import { listenToWarnings } from '../warnings.ts';

function setUp(options?: RegistryOptions) {
  const registry = new Registry(options);
  const producer = registry.producer();
  return {
    registry,
    producer,
    bind: (name: string, queue = 'a') => registry.bind(jobs, { 'test.queue': queue, 'test.user': name }),
    users: async () => (await collectPoints(producer, jobs)).map(({ attributes, value }) => [attributes['test.user'], value]),
  };
}

describe('an attribute with as many values as it may have', () => {
  test('records further ones as _OTHER and counts them', async () => {
    const { producer, bind, users } = setUp();
    for (const name of ['ann', 'bob', 'cyd', 'dan', 'ann', 'cyd']) bind(name).add(1);
    expect(await users()).toEqual([
      ['ann', 2],
      ['bob', 1],
      ['_OTHER', 3],
    ]);
    expect(await collectDropped(producer)).toEqual({ attribute_limit: 3 });
  });

  test('counts its values over all metrics and series', async () => {
    const { bind, users } = setUp();
    for (const [name, queue] of [
      ['ann', 'a'],
      ['ann', 'b'],
      ['bob', 'c'],
      ['cyd', 'd'],
    ] as const)
      bind(name, queue);
    expect((await users()).map(([name]) => name)).toEqual(['ann', 'ann', 'bob', '_OTHER']);
  });

  test('gives a place back when the last series with a value is removed', async () => {
    const { bind, users } = setUp();
    const [first, second] = [bind('ann', 'a'), bind('ann', 'b')];
    bind('bob');
    first.remove();
    bind('cyd').add(1);
    second.remove();
    bind('dan').add(2);
    expect(await users()).toEqual([
      ['bob', 0],
      ['_OTHER', 1],
      ['dan', 2],
    ]);
  });

  test('gives a place back once, however often a series is removed', () => {
    const { bind } = setUp();
    const first = bind('ann', 'a');
    bind('ann', 'b');
    bind('bob');
    first.remove();
    first.remove();
    expect(bind('cyd')).toBe(bind('dan'));
  });

  test('does not count _OTHER where it is what was given', async () => {
    const { producer, bind } = setUp();
    for (const name of ['_OTHER', 'ann', 'bob', '_OTHER']) bind(name);
    expect(await collectDropped(producer)).toEqual({});
  });

  test('loses no place to a series that went into the overflow', async () => {
    const { bind, users } = setUp({ maxSeriesPerMetric: 2 });
    bind('ann').add(1);
    for (const name of ['bob', 'cyd', 'dan']) bind(name).add(1);
    bind('ann').remove();
    bind('eve').add(1);
    expect(await users()).toEqual([
      [undefined, 3],
      ['eve', 1],
    ]);
  });

  test('warns once of each metric', () => {
    const warnings = listenToWarnings();
    const { bind } = setUp();
    for (const name of ['ann', 'bob', 'cyd', 'dan']) bind(name);
    expect(warnings).toEqual(['modelmeter: test.jobs: an attribute has as many values as it may; further ones are recorded as _OTHER']);
  });
});

test('the registry may set other limits, which do not touch attributes with listed values', async () => {
  const { registry, producer } = setUp({ attributeLimits: { 'test.queue': 1, [user.key]: 5, [outcome.key]: 1, reason: 1 } });
  for (const name of ['ann', 'bob', 'cyd']) registry.bind(jobs, { 'test.queue': 'a', 'test.user': name });
  for (const name of outcome.values) registry.bind(jobs, { 'test.queue': 'a', 'test.outcome': name });
  registry.bind(load, { 'test.queue': 'b' }).set(1);
  expect(await collectPoints(producer, load)).toMatchObject([{ attributes: { 'test.queue': '_OTHER' } }]);
  expect(await collectDropped(producer)).toEqual({ attribute_limit: 1 });
  expect(await collectPoints(producer, jobs)).toHaveLength(5);
});
