import { hostMetrics } from '@modelmeter/core';
import { expect, test } from 'vitest';
import { diskSource, parseDiskstats } from '../../src/host/disk-source.ts';
import { collectedSource, upOf } from '../collected-source.ts';
import { fixture } from '../fixture.ts';

const { systemDiskIo } = hostMetrics;

test('disks tell the bytes that were read and written, and devices of memory are left out', async () => {
  const { proc } = await fixture('virtual-machine');
  const collected = await collectedSource(diskSource(proc)).collect();
  expect(collected.all(systemDiskIo)).toEqual([
    [{ 'disk.io.direction': 'read', 'system.device.name': 'vda' }, 52_349_946 * 512],
    [{ 'disk.io.direction': 'write', 'system.device.name': 'vda' }, 27_882_528 * 512],
  ]);
});

// Names as in Documentation/admin-guide/devices.txt of Linux.
test.each([
  [
    'partitions of disks that are there',
    ['sda', 'sda1', 'sda15', 'nvme0n1', 'nvme0n1p1', 'mmcblk0', 'mmcblk0p2'],
    ['sda', 'nvme0n1', 'mmcblk0'],
  ],
  ['devices that are made of others', ['sdb', 'dm-0', 'md127', 'loop3', 'zram0', 'ram0', 'sr0'], ['sdb']],
  ['nothing of a partition without its disk', ['xvda1', 'xvdb'], ['xvda1', 'xvdb']],
])('%s are left out', (_, devices, left) => {
  const lines = devices.map((device) => `   8       0 ${device} 1 0 8 0 1 0 16 0 0 0 0\n`);
  expect(parseDiskstats(lines.join('')).map(({ device }) => device)).toEqual(left);
});

test('a disk that was taken out is absent', async () => {
  const { proc, change } = await fixture('virtual-machine');
  const { collect } = collectedSource(diskSource(proc));
  await change('proc/diskstats', ' 8 0 sda 1 0 8 0 1 0 16 0 0 0 0\n 8 16 sdb 1 0 8 0 1 0 16 0 0 0 0\n');
  expect((await collect()).value(systemDiskIo, { 'system.device.name': 'sdb', 'disk.io.direction': 'write' })).toBe(8192);
  await change('proc/diskstats', ' 8 0 sda 1 0 8 0 1 0 16 0 0 0 0\n');
  expect((await collect()).all(systemDiskIo)).toHaveLength(2);
});

test.each([
  ['no file', undefined],
  ['a line that is cut off', '   8       0 sda 1 0 8\n'],
])('with %s the values are absent, and the collector is down', async (_, content) => {
  const { proc, change } = await fixture('virtual-machine');
  await change('proc/diskstats', content);
  const collected = await collectedSource(diskSource(proc)).collect();
  expect([collected.all(systemDiskIo), upOf(collected, 'system.disk')]).toEqual([[], 0]);
});

test('no more than a hundred disks are told', () => {
  const lines = Array.from({ length: 150 }, (_, i) => `   8       0 disk${i}n 1 0 8 0 1 0 16 0 0 0 0\n`);
  expect(parseDiskstats(lines.join(''))).toHaveLength(100);
});
