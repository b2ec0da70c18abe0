import { hostMetrics } from '@modelmeter/core';
import { FakeClock } from '@modelmeter/test-kit/fake-clock';
import { expect, test } from 'vitest';
import { cpuSource, linuxCpuTimes, nodeCpuTimes } from '../../src/host/cpu-source.ts';
import { collectedSource, upOf } from '../collected-source.ts';
import { fixture } from '../fixture.ts';

const { systemCpuTime, systemCpuUtilization } = hostMetrics;

test('the time of all CPUs is told by mode', async () => {
  const { proc } = await fixture('virtual-machine');
  const { collect } = collectedSource(cpuSource(linuxCpuTimes(proc), new FakeClock()));
  expect((await collect()).all(systemCpuTime)).toEqual([
    [{ 'cpu.mode': 'user' }, 12316.61],
    [{ 'cpu.mode': 'nice' }, 28.84],
    [{ 'cpu.mode': 'system' }, 2125.19],
    [{ 'cpu.mode': 'idle' }, 29578.15],
    [{ 'cpu.mode': 'iowait' }, 30.98],
    [{ 'cpu.mode': 'interrupt' }, 199.9],
    [{ 'cpu.mode': 'steal' }, 4.29],
  ]);
});

test('the utilization is each mode’s share of the time since the last measurement', async () => {
  const { proc, change } = await fixture('virtual-machine');
  const clock = new FakeClock();
  await change('proc/stat', 'cpu  1000 0 500 8000 100 20 30 0 0 0\n');
  const { collect } = collectedSource(cpuSource(linuxCpuTimes(proc), clock));
  expect((await collect()).all(systemCpuUtilization)).toEqual([]);
  clock.advance(4);
  await change('proc/stat', 'cpu  1200 0 550 8050 150 40 50 10 0 0\n');
  expect((await collect()).all(systemCpuUtilization)).toEqual(
    [
      [{ 'cpu.mode': 'user' }, 0.5],
      [{ 'cpu.mode': 'nice' }, 0],
      [{ 'cpu.mode': 'system' }, 0.125],
      [{ 'cpu.mode': 'idle' }, 0.125],
      [{ 'cpu.mode': 'iowait' }, 0.125],
      [{ 'cpu.mode': 'interrupt' }, 0.1],
      [{ 'cpu.mode': 'steal' }, 0.025],
    ].map(([attributes, share]) => [attributes, expect.closeTo(share as number, 10)]),
  );
});

test('a time that goes back a little stays, and one that goes back a lot begins anew', async () => {
  const { proc, change } = await fixture('virtual-machine');
  const { collect } = collectedSource(cpuSource(linuxCpuTimes(proc), new FakeClock()));
  const idle = async (ticks: number) => {
    await change('proc/stat', `cpu  0 0 0 ${ticks}\n`);
    return (await collect()).value(systemCpuTime, { 'cpu.mode': 'idle' });
  };
  expect(await idle(100_000)).toBe(1000);
  expect(await idle(99_800)).toBe(1000);
  expect(await idle(100_100)).toBe(1001);
  expect(await idle(50_000)).toBe(500);
});

test.each([
  ['an empty file', ''],
  ['another first line', 'cpu0 1 2 3 4\n'],
  ['no numbers', 'cpu a b c d\n'],
  ['no file', undefined],
])('with %s the values are absent, and the collector is down', async (_, content) => {
  const { proc, change } = await fixture('virtual-machine');
  await change('proc/stat', content);
  const { collect } = collectedSource(cpuSource(linuxCpuTimes(proc), new FakeClock()));
  const collected = await collect();
  expect([collected.all(systemCpuTime), upOf(collected, 'system.cpu')]).toEqual([[], 0]);
});

test('what Node tells on every platform has the modes that Node knows', async () => {
  const { collect } = collectedSource(cpuSource(nodeCpuTimes, new FakeClock()));
  const collected = await collect();
  expect(collected.value(systemCpuTime, { 'cpu.mode': 'idle' })).toBeGreaterThan(0);
  expect(collected.all(systemCpuTime).map(([attributes]) => attributes['cpu.mode'])).toEqual([
    'user',
    'nice',
    'system',
    'idle',
    'interrupt',
  ]);
});
