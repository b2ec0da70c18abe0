import { dropped, hostMetrics } from '@modelmeter/core';
import { expect, test } from 'vitest';
import type { Report } from '../src/source.ts';
import { collectedSource, upOf } from './collected-source.ts';

const { systemDiskIo, systemMemoryLimit, systemMemoryUtilization } = hostMetrics;

/** A source whose reading a test replaces. */
function changingSource() {
  const source = { name: 'changing', read: (_report: Report): void => {} };
  return { source, ...collectedSource({ name: source.name, read: (report) => source.read(report) }) };
}

test('each reading sets counters, up-down counters and gauges to what it says', async () => {
  const { source, collect } = changingSource();
  for (const factor of [2, 1, 3]) {
    source.read = (report) => {
      report(systemDiskIo, { 'system.device.name': 'sda', 'disk.io.direction': 'read' }, 100 * factor);
      report(systemMemoryLimit, {}, 10 * factor);
      report(systemMemoryUtilization, { 'system.memory.state': 'used' }, factor / 4);
    };
    const collected = await collect();
    expect(collected.value(systemDiskIo)).toBe(100 * factor);
    expect(collected.value(systemMemoryLimit)).toBe(10 * factor);
    expect(collected.value(systemMemoryUtilization)).toBe(factor / 4);
  }
});

test('a series that a reading does not tell of is absent, until one does again', async () => {
  const { source, collect } = changingSource();
  const reading = (device: string) => {
    source.read = (report) => report(systemDiskIo, { 'system.device.name': device, 'disk.io.direction': 'read' }, 7);
  };
  for (const device of ['sda', 'sdb', 'sda']) {
    reading(device);
    expect((await collect()).all(systemDiskIo)).toEqual([[{ 'system.device.name': device, 'disk.io.direction': 'read' }, 7]]);
  }
});

test('an unknown value is absent, and its collector is up all the same', async () => {
  const { source, collect } = changingSource();
  source.read = (report) => report(systemMemoryLimit, {}, undefined);
  const collected = await collect();
  expect(collected.all(systemMemoryLimit)).toEqual([]);
  expect(upOf(collected, 'changing')).toBe(1);
});

test('after a failure what was told before it stays, the rest is absent and the collector is down, until a reading succeeds', async () => {
  const { source, collect } = changingSource();
  const complete = (report: Report) => {
    report(systemMemoryLimit, {}, 1);
    report(systemMemoryUtilization, { 'system.memory.state': 'used' }, 0.5);
  };
  source.read = complete;
  await collect();
  source.read = (report) => {
    report(systemMemoryLimit, {}, 2);
    throw new Error('no more');
  };
  const failed = await collect();
  expect(failed.value(systemMemoryLimit)).toBe(2);
  expect(failed.all(systemMemoryUtilization)).toEqual([]);
  expect(upOf(failed, 'changing')).toBe(0);
  source.read = complete;
  const again = await collect();
  expect(again.value(systemMemoryUtilization)).toBe(0.5);
  expect(upOf(again, 'changing')).toBe(1);
});

test('nothing is left of a source that was stopped', async () => {
  const { source, collect, stop } = changingSource();
  source.read = (report) => report(systemMemoryLimit, {}, 1);
  await collect();
  stop();
  const collected = await collect();
  expect(collected.all(systemMemoryLimit)).toEqual([]);
  expect(upOf(collected, 'changing')).toBeUndefined();
});

test('a source is read twice ahead of the first collection, where a failure is not counted yet', async () => {
  let readings = 0;
  const { collect, readAhead } = collectedSource({
    name: 'failing at first',
    read(report) {
      if (++readings <= 2) throw new Error('not yet');
      report(systemMemoryLimit, {}, readings);
    },
  });
  expect(readings).toBe(0);
  await readAhead();
  expect(readings).toBe(2);
  const collected = await collect();
  expect(collected.value(systemMemoryLimit)).toBe(3);
  expect(collected.value(dropped, { reason: 'collect_error' })).toBe(0);
});

test('a collection that comes before takes the place of a reading ahead', async () => {
  let readings = 0;
  const { collect, readAhead } = collectedSource({ name: 'early', read: (report) => report(systemMemoryLimit, {}, ++readings) });
  expect((await collect()).value(systemMemoryLimit)).toBe(1);
  expect((await collect()).value(systemMemoryLimit)).toBe(2);
  await readAhead();
  expect(readings).toBe(2);
});

test('a source that was stopped is not read ahead', async () => {
  let readings = 0;
  const { stop, readAhead } = collectedSource({ name: 'stopped', read: () => readings++ });
  stop();
  await readAhead();
  expect(readings).toBe(0);
});
