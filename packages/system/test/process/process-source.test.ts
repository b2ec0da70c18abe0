import { processMetrics } from '@modelmeter/core';
import { FakeClock } from '@modelmeter/test-kit/fake-clock';
import { expect, test } from 'vitest';
import { processSource } from '../../src/process/process-source.ts';
import { collectedSource, upOf } from '../collected-source.ts';

const { processCpuTime, processCpuUtilization, processFileDescriptors, processMemoryUsage, processUptime } = processMetrics;

function fakeProcess() {
  const now = { user: 1_500_000, system: 250_000, rss: 50_000_000, uptime: 12.5 };
  return { now, cpuUsage: () => ({ user: now.user, system: now.system }), memoryUsage: { rss: () => now.rss }, uptime: () => now.uptime };
}

test('a process tells its CPU time, memory, uptime and file descriptors', async () => {
  const { collect } = collectedSource(processSource({ clock: new FakeClock(), process: fakeProcess(), fileDescriptors: () => 23 }));
  const collected = await collect();
  expect(collected.all(processCpuTime)).toEqual([
    [{ 'cpu.mode': 'user' }, 1.5],
    [{ 'cpu.mode': 'system' }, 0.25],
  ]);
  expect(collected.all(processMemoryUsage)).toEqual([[{}, 50_000_000]]);
  expect(collected.all(processUptime)).toEqual([[{}, 12.5]]);
  expect(collected.all(processFileDescriptors)).toEqual([[{}, 23]]);
  expect(collected.all(processCpuUtilization)).toEqual([]);
});

test('the utilization is CPU time over elapsed time and CPUs, and right for every reader', async () => {
  const clock = new FakeClock();
  const process = fakeProcess();
  const { collect, readAhead } = collectedSource(processSource({ clock, process, fileDescriptors: () => undefined, cpus: () => 4 }));
  await readAhead();
  clock.advance(2);
  process.now.user += 4_000_000;
  process.now.system += 1_000_000;
  const expected = [
    [{ 'cpu.mode': 'user' }, 0.5],
    [{ 'cpu.mode': 'system' }, 0.125],
  ];
  expect((await collect()).all(processCpuUtilization)).toEqual(expected);
  clock.advance(0.125);
  process.now.user += 500_000;
  expect((await collect()).all(processCpuUtilization)).toEqual(expected);
});

test('more CPU time than the CPUs can give is a utilization of 1', async () => {
  const clock = new FakeClock();
  const process = fakeProcess();
  const { collect, readAhead } = collectedSource(processSource({ clock, process, fileDescriptors: () => undefined, cpus: () => 1 }));
  await readAhead();
  clock.advance(1);
  process.now.user += 1_010_000;
  expect((await collect()).value(processCpuUtilization, { 'cpu.mode': 'user' })).toBe(1);
});

test('where file descriptors cannot be counted they alone are absent, and the collector is down', async () => {
  const fail = () => {
    throw new Error('no /proc');
  };
  const { collect } = collectedSource(processSource({ clock: new FakeClock(), process: fakeProcess(), fileDescriptors: fail }));
  const collected = await collect();
  expect(collected.all(processFileDescriptors)).toEqual([]);
  expect(collected.value(processUptime)).toBe(12.5);
  expect(upOf(collected, 'process')).toBe(0);
});
