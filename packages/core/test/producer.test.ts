import { beforeEach, describe, expect, test } from 'vitest';
import { type Producer, Registry } from '../src/index.ts';
import { collect, collectPoints } from './collected.ts';
import { duration, jobs, load, waiting } from './example-metrics.ts';
import { BEGAN_UNIX_SECONDS, FakeClock } from './fake-clock.ts';

const attributes = { 'test.queue': 'a' };
let clock: FakeClock;
let registry: Registry;
let producer: Producer;
beforeEach(() => {
  clock = new FakeClock();
  registry = new Registry({ clock });
  producer = registry.producer();
});

describe('a producer', () => {
  test('gives what a metric reader of OpenTelemetry takes', async () => {
    registry.bind(jobs, attributes).add(1.5);
    clock.advance(0.25);
    const { resourceMetrics, errors } = await producer.collect();
    expect(errors).toEqual([]);
    expect(resourceMetrics.resource).toEqual({ attributes: {} });
    expect(resourceMetrics.scopeMetrics).toHaveLength(1);
    expect(resourceMetrics.scopeMetrics[0]?.scope.name).toBe('@modelmeter/core');
    expect(resourceMetrics.scopeMetrics[0]?.metrics.at(-1)).toEqual({
      descriptor: { name: 'test.jobs', unit: '{job}', description: 'Jobs done.', valueType: 1 },
      aggregationTemporality: 1,
      dataPointType: 3,
      isMonotonic: true,
      dataPoints: [{ startTime: [BEGAN_UNIX_SECONDS, 0], endTime: [BEGAN_UNIX_SECONDS, 250_000_000], attributes, value: 1.5 }],
    });
  });

  test('tells each kind of instrument by its point type', async () => {
    registry.bind(waiting, attributes);
    registry.bind(load, attributes).set(1);
    registry.bind(duration, attributes);
    const metrics = await collect(producer);
    expect(metrics.get(waiting.name)).toMatchObject({ dataPointType: 3, isMonotonic: false, descriptor: { unit: 'By' } });
    expect(metrics.get(load.name)).toMatchObject({ dataPointType: 2, descriptor: { unit: '1' } });
    expect(metrics.get(load.name)).not.toHaveProperty('isMonotonic');
    expect(metrics.get(duration.name)).toMatchObject({ dataPointType: 0, descriptor: { unit: 's', description: 'Duration of a job.' } });
  });

  test('leaves out a metric that has no value yet', async () => {
    registry.bind(load, attributes);
    expect((await collect(producer)).has(load.name)).toBe(false);
  });

  test('starts each series when it was bound and ends it when it is collected', async () => {
    clock.advance(1);
    registry.bind(jobs, { 'test.queue': 'a' });
    clock.advance(2);
    registry.bind(jobs, { 'test.queue': 'b' });
    clock.advance(4);
    const times = async () => (await collectPoints(producer, jobs)).map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds]);
    expect(await times()).toEqual([
      [1, 7],
      [3, 7],
    ]);
    clock.advance(8);
    expect(await times()).toEqual([
      [1, 15],
      [3, 15],
    ]);
  });

  test('gives the same totals to each of several readers, and what was recorded before there was any', async () => {
    const counter = registry.bind(jobs, attributes);
    counter.add(1);
    expect(await collectPoints(producer, jobs)).toMatchObject([{ value: 1 }]);
    counter.add(2);
    expect(await collectPoints(registry.producer(), jobs)).toMatchObject([{ value: 3 }]);
    expect(await collectPoints(producer, jobs)).toMatchObject([{ value: 3 }]);
  });
});
