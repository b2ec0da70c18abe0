import { beforeEach, describe, expect, test, vi } from 'vitest';
import { collectorUp, type Producer, Registry } from '../../src/index.ts';
import { collectDropped, collectPoints, collectValues } from '../collected.ts';
import { load, waiting } from '../example-metrics.ts';
import { untyped } from '../untyped.ts';
import { listenToWarnings } from '../warnings.ts';

let registry: Registry;
let producer: Producer;
beforeEach(() => {
  registry = new Registry();
  producer = registry.producer();
});
const up = async () =>
  Object.fromEntries((await collectPoints(producer, collectorUp)).map(({ attributes, value }) => [attributes['collector'], value]));
const fail = () => {
  throw new Error('no such device');
};

describe('onCollect', () => {
  test('sets values before each collection, and for every reader', async () => {
    const [size, other] = [registry.bind(waiting, { 'test.queue': 'a' }), registry.producer()];
    let asked = 0;
    registry.onCollect('queue', () => size.observe(++asked));
    expect(asked).toBe(0);
    expect(await collectValues(producer, waiting)).toEqual([1]);
    expect(await collectValues(other, waiting)).toEqual([2]);
    expect(await up()).toEqual({ queue: 1 });
  });

  test('may bind series and add callbacks; what it adds runs from the next collection on', async () => {
    const added = vi.fn<() => void>();
    const stop = registry.onCollect('queue', () => {
      registry.bind(load, { 'test.queue': 'a' }).set(0.5);
      registry.onCollect('added', added);
      stop();
    });
    expect(await collectValues(producer, load)).toEqual([0.5]);
    expect(added).not.toHaveBeenCalled();
    await producer.collect();
    expect(added).toHaveBeenCalledTimes(1);
  });

  test('runs the callback no more once it is taken away, and its collector is told of no more', async () => {
    const callback = vi.fn<() => void>();
    const stop = registry.onCollect('queue', callback);
    await producer.collect();
    stop();
    stop();
    expect(await up()).toEqual({});
    expect(callback).toHaveBeenCalledTimes(1);
  });

  test.each([undefined, null, 'callback', {}])('refuses a callback that is no function: %o', (callback) => {
    expect(() => untyped(registry).onCollect('queue', callback)).toThrow('callback is ');
  });

  test.each(['', undefined, null, {}])('refuses a name that is no attribute value: %o', (name) => {
    expect(() => untyped(registry).onCollect(name, () => {})).toThrow('modelmeter.collector.up: collector is ');
  });
});

describe('a callback that fails', () => {
  test('makes its collector 0, is counted, and keeps no other from running', async () => {
    const gauge = registry.bind(load, { 'test.queue': 'a' });
    registry.onCollect('broken', fail);
    registry.onCollect('queue', () => gauge.set(1));
    expect(await up()).toEqual({ broken: 0, queue: 1 });
    expect(await collectValues(producer, load)).toEqual([1]);
    expect(await collectDropped(producer)).toEqual({ collect_error: 3 });
  });

  test('makes its collector 1 again when it succeeds', async () => {
    let isBroken = true;
    registry.onCollect('queue', () => {
      if (isBroken) fail();
    });
    expect(await up()).toEqual({ queue: 0 });
    isBroken = false;
    expect(await up()).toEqual({ queue: 1 });
  });

  test('makes a collector of several callbacks 0, wherever it stands among them', async () => {
    for (const name of ['a', 'b'])
      for (const callback of name === 'a' ? [fail, () => {}] : [() => {}, fail]) registry.onCollect(name, callback);
    expect(await up()).toEqual({ a: 0, b: 0 });
  });

  test('is warned of once', async () => {
    const warnings = listenToWarnings();
    registry.onCollect('queue', fail);
    for (let i = 0; i < 3; i++) await producer.collect();
    expect(warnings).toEqual(['modelmeter: collector queue failed; further failures are only counted']);
  });

  test('may be asynchronous, and rejects without ending the process', async () => {
    untyped(registry).onCollect('queue', async () => {
      await Promise.resolve();
      throw new Error('too late');
    });
    expect(await up()).toEqual({ queue: 0 });
    expect(await collectDropped(producer)).toEqual({ collect_error: 2 });
  });
});

test('collectors beyond the limit of names share one that stays until the last of them is taken away', async () => {
  const few = new Registry({ attributeLimits: { collector: 1 } });
  producer = few.producer();
  const [, second, third] = ['a', 'b', 'c'].map((name) => few.onCollect(name, () => {}));
  second?.();
  expect(await up()).toEqual({ a: 1, _OTHER: 1 });
  third?.();
  expect(await up()).toEqual({ a: 1 });
});
