import { containerMetrics } from '@modelmeter/core';
import { expect, test } from 'vitest';
import { containerCpuSource } from '../../src/container/container-cpu-source.ts';
import { collectedSource, upOf } from '../collected-source.ts';
import { type Fixture, fixture } from '../fixture.ts';

const { containerCpuLimit, containerCpuThrottledTime, containerCpuTime } = containerMetrics;

function collected({ proc, cgroup }: Fixture) {
  const source = containerCpuSource(proc, cgroup);
  if (!source) throw new Error('there is no container');
  return collectedSource(source);
}

test.each([
  { name: 'docker-v2', user: 9.25, system: 3.25, throttled: 4.125, limit: 1.5 },
  { name: 'systemd-v2', user: 2, system: 1, throttled: 0, limit: 2 },
  { name: 'unlimited-v2', user: 1, system: 0.5, throttled: 0, limit: undefined },
  { name: 'kubernetes-v1', user: 42.5, system: 7.75, throttled: 7.5, limit: 0.5 },
  { name: 'unlimited-v1', user: 1, system: 0.5, throttled: 0, limit: undefined },
])('$name tells CPU time, throttling and its limit', async ({ name, user, system, throttled, limit }) => {
  const values = await collected(await fixture(name)).collect();
  expect(values.all(containerCpuTime)).toEqual([
    [{ 'cpu.mode': 'user' }, user],
    [{ 'cpu.mode': 'system' }, system],
  ]);
  expect(values.value(containerCpuThrottledTime)).toBe(throttled);
  expect(values.value(containerCpuLimit)).toBe(limit);
  expect(upOf(values, 'container.cpu')).toBe(1);
});

test('a limit that is changed while the container runs is told', async () => {
  const docker = await fixture('docker-v2');
  const { collect } = collected(docker);
  await docker.change('cgroup/cpu.max', '400000 100000\n');
  expect((await collect()).value(containerCpuLimit)).toBe(4);
  await docker.change('cgroup/cpu.max', 'max 100000\n');
  expect((await collect()).all(containerCpuLimit)).toEqual([]);
});

test('without its file all is absent, and the collector is down', async () => {
  const docker = await fixture('docker-v2');
  const { collect } = collected(docker);
  await docker.change('cgroup/cpu.stat', undefined);
  const values = await collect();
  expect([values.all(containerCpuTime), values.all(containerCpuLimit), upOf(values, 'container.cpu')]).toEqual([[], [], 0]);
});

test('the group of the whole host is no container, and neither is a host without groups', async () => {
  const { proc, cgroup } = await fixture('virtual-machine');
  expect(containerCpuSource(proc, cgroup)).toBeUndefined();
  expect(containerCpuSource(proc, '/nowhere')).toBeUndefined();
  expect(containerCpuSource('/nowhere', cgroup)).toBeUndefined();
  const docker = await fixture('docker-v2');
  await docker.change('cgroup/cgroup.type', undefined);
  expect(containerCpuSource(docker.proc, docker.cgroup)).toBeUndefined();
});
