import { containerMetrics } from '@modelmeter/core';
import { expect, test, vi } from 'vitest';
import { containerMemorySource } from '../../src/container/container-memory-source.ts';
import { collectedSource, upOf } from '../collected-source.ts';
import { type Fixture, fixture } from '../fixture.ts';

const { containerMemoryAvailable, containerMemoryLimit, containerMemoryUsage, containerMemoryWorkingSet } = containerMetrics;

const MEBIBYTE = 2 ** 20;

async function collected({ proc, cgroup }: Fixture) {
  const source = containerMemorySource(proc, cgroup);
  if (!source) throw new Error('there is no container');
  await vi.waitUntil(() => source.reader.value);
  return { source, ...collectedSource(source) };
}

test.each([
  { name: 'docker-v2', usage: 224, workingSet: 192, limit: 512 },
  // The limit of a group around it is smaller than its own.
  { name: 'systemd-v2', usage: 100, workingSet: 96, limit: 1024 },
  { name: 'unlimited-v2', usage: 50, workingSet: 48, limit: undefined },
  { name: 'kubernetes-v1', usage: 192, workingSet: 176, limit: 128 },
  { name: 'unlimited-v1', usage: 40, workingSet: 38, limit: undefined },
])('$name tells memory in use, its working set and its limit', async ({ name, usage, workingSet, limit }) => {
  const { collect } = await collected(await fixture(name));
  const values = await collect();
  expect(values.value(containerMemoryUsage)).toBe(usage * MEBIBYTE);
  expect(values.value(containerMemoryWorkingSet)).toBe(workingSet * MEBIBYTE);
  expect(values.value(containerMemoryLimit)).toBe(limit && limit * MEBIBYTE);
  expect(values.value(containerMemoryAvailable)).toBe(limit && Math.max(0, limit - workingSet) * MEBIBYTE);
  expect(upOf(values, 'container.memory')).toBe(1);
});

test('memory is read again in the background, and what is there stays while that fails', async () => {
  const docker = await fixture('docker-v2');
  const { source, collect } = await collected(docker);
  await docker.change('cgroup/memory.current', `${300 * MEBIBYTE}\n`);
  await source.reader.refresh();
  expect((await collect()).value(containerMemoryUsage)).toBe(300 * MEBIBYTE);
  await docker.change('cgroup/memory.current', undefined);
  await source.reader.refresh();
  const values = await collect();
  expect([values.value(containerMemoryUsage), upOf(values, 'container.memory')]).toEqual([300 * MEBIBYTE, 0]);
});

test('what is too old is absent', async () => {
  const docker = await fixture('docker-v2');
  const source = containerMemorySource(docker.proc, docker.cgroup, { maxAgeSeconds: -1 });
  if (!source) throw new Error('there is no container');
  await source.reader.refresh();
  await docker.change('cgroup/memory.stat', undefined);
  await vi.waitUntil(async () => (await source.reader.refresh(), source.reader.failure));
  const values = await collectedSource(source).collect();
  expect([values.all(containerMemoryUsage), upOf(values, 'container.memory')]).toEqual([[], 0]);
});

test('the group of the whole host is no container, and neither is a host without groups', async () => {
  const { proc, cgroup } = await fixture('virtual-machine');
  expect(containerMemorySource(proc, cgroup)).toBeUndefined();
  expect(containerMemorySource('/nowhere', cgroup)).toBeUndefined();
});
