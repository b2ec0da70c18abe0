import { freemem, totalmem } from 'node:os';
import { hostMetrics } from '@modelmeter/core';
import { expect, test } from 'vitest';
import { linuxMemory, memorySource, nodeMemory } from '../../src/host/memory-source.ts';
import { collectedSource, upOf } from '../collected-source.ts';
import { fixture } from '../fixture.ts';

const { systemMemoryLimit, systemMemoryUsage, systemMemoryUtilization } = hostMetrics;

const TOTAL = 24_684_092 * 1024;
const AVAILABLE = 23_531_564 * 1024;

test('memory is used or available, which add up to the limit', async () => {
  const { proc } = await fixture('virtual-machine');
  const collected = await collectedSource(memorySource(linuxMemory(proc))).collect();
  expect(collected.all(systemMemoryUsage)).toEqual([
    [{ 'system.memory.state': 'used' }, TOTAL - AVAILABLE],
    [{ 'system.memory.state': 'available' }, AVAILABLE],
  ]);
  expect(collected.all(systemMemoryLimit)).toEqual([[{}, TOTAL]]);
  expect(collected.all(systemMemoryUtilization)).toEqual([
    [{ 'system.memory.state': 'used' }, (TOTAL - AVAILABLE) / TOTAL],
    [{ 'system.memory.state': 'available' }, AVAILABLE / TOTAL],
  ]);
});

test.each([
  ['no file', undefined],
  ['no MemAvailable', 'MemTotal:       24684092 kB\nMemFree:        21194120 kB\n'],
])('with %s the values are absent, and the collector is down', async (_, content) => {
  const { proc, change } = await fixture('virtual-machine');
  await change('proc/meminfo', content);
  const collected = await collectedSource(memorySource(linuxMemory(proc))).collect();
  expect([collected.all(systemMemoryUsage), collected.all(systemMemoryLimit), upOf(collected, 'system.memory')]).toEqual([[], [], 0]);
});

test('what Node tells on every platform is the memory of the host', () => {
  const { totalBytes, availableBytes } = nodeMemory();
  expect(totalBytes).toBe(totalmem());
  expect(Math.abs(availableBytes - freemem())).toBeLessThan(totalBytes / 10);
});
