import { describe, expect, test } from 'vitest';
import { defineMetric, openAttribute, Registry, type RegistryOptions } from '../../src/index.ts';
import { AttributeValues } from '../../src/registry/attribute-values.ts';
import { collectDropped, collectPoints } from '../collected.ts';
import { jobs, load, outcome, queue, user } from '../example-metrics.ts';
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
    expect(warnings).toEqual(['modelmeter: test.jobs: attribute_limit: test.user; further ones are only counted']);
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

describe('an attribute whose limit is per another one', () => {
  const model = openAttribute({ key: 'test.model', limit: 2 });
  const version = openAttribute({ key: 'test.version', limit: 2, limitPer: model });
  const calls = defineMetric({ ...jobs, name: 'test.calls', attributes: [model], optionalAttributes: [version] });
  const loads = defineMetric({ ...jobs, name: 'test.loads', attributes: [version, queue], optionalAttributes: [model] });

  function setUpVersions(options?: RegistryOptions) {
    const registry = new Registry(options);
    const producer = registry.producer();
    return {
      registry,
      producer,
      bind: (name: string, of?: string) => registry.bind(calls, { 'test.model': name, 'test.version': of }),
      versions: async (metric: { readonly name: string } = calls) =>
        (await collectPoints(producer, metric)).map(({ attributes }) =>
          [model, version].map(({ key }) => String(attributes[key])).join(' '),
        ),
    };
  }

  test('may have as many values with each value of the other', async () => {
    const { producer, bind, versions } = setUpVersions();
    for (const name of ['a', 'b']) for (const of of ['1', '2', '3', '4', '2']) bind(name, of);
    expect(await versions()).toEqual(['a 1', 'a 2', 'a _OTHER', 'b 1', 'b 2', 'b _OTHER']);
    expect(await collectDropped(producer)).toEqual({ attribute_limit: 4 });
  });

  test('counts the same value with another one as a value of its own', async () => {
    const { bind, versions } = setUpVersions();
    for (const [name, of] of ['a1', 'b1', 'a2', 'b3', 'b2', 'a3']) bind(name as string, of);
    expect(await versions()).toEqual(['a 1', 'b 1', 'a 2', 'b 3', 'b _OTHER', 'a _OTHER']);
  });

  test('counts those of _OTHER together, also where that is what was given', async () => {
    const { producer, bind, versions } = setUpVersions();
    for (const [name, of] of ['a1', 'b1', 'c1', 'd2', 'e3']) bind(name as string, of);
    bind('_OTHER', '4');
    expect(await versions()).toEqual(['a 1', 'b 1', '_OTHER 1', '_OTHER 2', '_OTHER _OTHER']);
    expect(await collectDropped(producer)).toEqual({ attribute_limit: 3 + 2 });
  });

  test('counts those without the other together', async () => {
    const { registry, versions } = setUpVersions();
    for (const of of ['1', '2', '3']) registry.bind(loads, { 'test.version': of, 'test.queue': 'a' });
    registry.bind(loads, { 'test.version': '3', 'test.queue': 'a', 'test.model': 'undefined' });
    expect(await versions(loads)).toEqual(['undefined 1', 'undefined 2', 'undefined _OTHER', 'undefined 3']);
  });

  test('counts over all metrics, whichever of the two attributes is defined first', async () => {
    const { registry, bind, versions } = setUpVersions();
    bind('a', '1');
    for (const of of ['2', '3', '1']) registry.bind(loads, { 'test.version': of, 'test.queue': 'a', 'test.model': 'a' });
    bind('a', '4');
    expect(await versions(loads)).toEqual(['a 2', 'a _OTHER', 'a 1']);
    expect(await versions()).toEqual(['a 1', 'a _OTHER']);
  });

  test('gives the place of a value back to those with the same value of the other', async () => {
    const { bind, versions } = setUpVersions();
    const [a1] = [bind('a', '1'), bind('a', '2'), bind('b', '1'), bind('b', '2')];
    a1?.remove();
    bind('b', '3');
    bind('a', '3');
    bind('a', '4');
    expect(await versions()).toEqual(['a 2', 'b 1', 'b 2', 'b _OTHER', 'a 3', 'a _OTHER']);
  });

  test('does not count a series without the attribute', async () => {
    const { bind, versions } = setUpVersions();
    for (const of of [undefined, '1', '2']) bind('a', of);
    expect(await versions()).toEqual(['a undefined', 'a 1', 'a 2']);
  });

  test('may have another number of values by the registry', async () => {
    const { bind, versions } = setUpVersions({ attributeLimits: { [version.key]: 1 } });
    for (const [name, of] of ['a1', 'a2', 'b1', 'b2']) bind(name as string, of);
    expect(await versions()).toEqual(['a 1', 'a _OTHER', 'b 1', 'b _OTHER']);
  });
});

describe('the values that are counted', () => {
  const model = openAttribute({ key: 'test.model' });
  const version = openAttribute({ key: 'test.version', limit: 1, limitPer: model });

  test('begin anew for a value of the other attribute that has come and gone', () => {
    const values = new AttributeValues({});
    const admitted = (name: string, of: string) => values.admit(version, { 'test.model': name, 'test.version': of });
    for (let i = 0; i < 3; i++) {
      const attributes = { 'test.model': 'a', 'test.version': `${i}` };
      values.count([model, version], attributes, 1);
      expect([admitted('a', `${i}`), admitted('a', 'x'), admitted('b', 'x')]).toEqual([`${i}`, '_OTHER', 'x']);
      values.count([model, version], attributes, -1);
      expect(admitted('a', 'x')).toBe('x');
    }
  });
});
