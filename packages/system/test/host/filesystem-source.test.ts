import type { statfs } from 'node:fs/promises';
import { hostMetrics } from '@modelmeter/core';
import { expect, test, vi } from 'vitest';
import { filesystemSource, linuxMounts, nodeMounts } from '../../src/host/filesystem-source.ts';
import type { Mount } from '../../src/host/mounts.ts';
import { collectedSource, upOf } from '../collected-source.ts';

const { systemFilesystemLimit, systemFilesystemUsage, systemFilesystemUtilization } = hostMetrics;

const mounts: readonly Mount[] = ['/', '/data', '/scratch', '/models'].map((mountpoint, i) => ({
  mountpoint,
  device: `/dev/sda${i}`,
  type: 'ext4',
  mode: 'rw',
}));
const answer = { type: 61_267, bsize: 4096, blocks: 1000, bfree: 400, bavail: 350, files: 0, ffree: 0 };

type Ask = (path: string) => Promise<typeof answer>;

function collected(ask: Ask, there = mounts) {
  const source = filesystemSource({ mounts: async () => there, statfs: ask as typeof statfs, timeoutSeconds: 0.02 });
  return { source, ...collectedSource(source) };
}

const mountpointsOf = (all: [Record<string, unknown>, unknown][]) => all.map(([attributes]) => attributes['system.filesystem.mountpoint']);

test('space is used, free or reserved, which add up to the limit', async () => {
  const { source, collect } = collected(async () => answer, mounts.slice(0, 1));
  await source.reader.refresh();
  await vi.waitUntil(() => source.reader.value);
  const values = await collect();
  const mount = {
    'system.device.name': '/dev/sda0',
    'system.filesystem.mode': 'rw',
    'system.filesystem.mountpoint': '/',
    'system.filesystem.type': 'ext4',
  };
  expect(values.all(systemFilesystemLimit)).toEqual([[mount, 4_096_000]]);
  for (const [state, blocks] of Object.entries({ used: 600, free: 350, reserved: 50 })) {
    const attributes = { ...mount, 'system.filesystem.state': state };
    expect(values.value(systemFilesystemUsage, attributes)).toBe(blocks * 4096);
    expect(values.value(systemFilesystemUtilization, attributes)).toBe(blocks / 1000);
  }
  expect(upOf(values, 'system.filesystem')).toBe(1);
});

test('one that does not answer is absent and not asked again, the others are there, and the collector is down', async () => {
  const ask = vi.fn<Ask>((path) => (path === '/data' ? new Promise(() => {}) : Promise.resolve(answer)));
  const { source, collect } = collected(ask);
  await vi.waitUntil(() => source.reader.value);
  for (let i = 0; i < 3; i++) await source.reader.refresh();
  const values = await collect();
  expect(mountpointsOf(values.all(systemFilesystemLimit))).toEqual(['/', '/scratch', '/models']);
  expect(upOf(values, 'system.filesystem')).toBe(0);
  expect(ask.mock.calls.filter(([path]) => path === '/data')).toHaveLength(1);
});

test('no more than two are left unanswered, because each holds a thread', async () => {
  const ask = vi.fn<Ask>(() => new Promise(() => {}));
  const { source, collect } = collected(ask);
  await vi.waitUntil(() => source.reader.value);
  await source.reader.refresh();
  expect(ask).toHaveBeenCalledTimes(2);
  const values = await collect();
  expect([values.all(systemFilesystemLimit), upOf(values, 'system.filesystem')]).toEqual([[], 0]);
});

test('one that fails is absent and the collector is down; one that we may not see is only absent', async () => {
  const failing = (code: string) =>
    collected((path) => (path === '/' ? Promise.resolve(answer) : Promise.reject(Object.assign(new Error(code), { code }))));
  for (const [code, up] of Object.entries({ EIO: 0, EACCES: 1, ENOENT: 1 })) {
    const { source, collect } = failing(code);
    await vi.waitUntil(() => source.reader.value);
    const values = await collect();
    expect([code, mountpointsOf(values.all(systemFilesystemLimit)), upOf(values, 'system.filesystem')]).toEqual([code, ['/'], up]);
  }
});

test('without a list of mounts all is absent, and the collector is down', async () => {
  const source = filesystemSource({ mounts: () => linuxMounts('/nowhere') });
  const { collect } = collectedSource(source);
  await vi.waitUntil(() => source.reader.failure);
  const values = await collect();
  expect([values.all(systemFilesystemLimit), upOf(values, 'system.filesystem')]).toEqual([[], 0]);
});

test('where Node lists no file systems the one of the working directory is there', async () => {
  const source = filesystemSource({ mounts: nodeMounts });
  const { collect } = collectedSource(source);
  await vi.waitUntil(() => source.reader.value);
  expect((await collect()).value(systemFilesystemLimit)).toBeGreaterThan(0);
});
