import { expect, test } from 'vitest';
import { linuxMounts } from '../../src/host/filesystem-source.ts';
import { parseMounts } from '../../src/host/mounts.ts';
import { fixture } from '../fixture.ts';

/** Lines after proc_pid_mountinfo(5). */
const line = (id: string, mountpoint: string, rest: string, options = 'rw,relatime') =>
  `36 27 ${id} / ${mountpoint} ${options} shared:1 - ${rest}\n`;
const paths = (...lines: string[]) => parseMounts(lines.join('')).map(({ mountpoint }) => mountpoint);

test('of a virtual machine the root is left, and nothing of memory or of the kernel', async () => {
  const { proc } = await fixture('virtual-machine');
  expect(await linuxMounts(proc)).toEqual([{ mountpoint: '/', device: '/dev/vda', type: 'ext4', mode: 'rw' }]);
});

test('the root of a container is there, without the files that are mounted into it', () => {
  const overlay = line('0:50', '/', 'overlay overlay rw,lowerdir=/l,upperdir=/u,workdir=/w');
  const hosts = ['/etc/hosts', '/etc/hostname', '/etc/resolv.conf', '/dev/termination-log'].map((path) =>
    line('259:1', path, 'ext4 /dev/nvme0n1p1 rw'),
  );
  const volume = line('259:1', '/data', 'ext4 /dev/nvme0n1p1 rw');
  expect(paths(overlay, ...hosts, volume, line('0:51', '/proc', 'proc proc rw'))).toEqual(['/', '/data']);
});

test('a file system that is mounted in several places is there once, under the shortest path', () => {
  expect(
    paths(
      line('8:1', '/var/lib/docker', 'xfs /dev/sda1 rw'),
      line('8:1', '/srv', 'xfs /dev/sda1 rw'),
      line('8:2', '/home', 'xfs /dev/sda2 rw'),
    ),
  ).toEqual(['/srv', '/home']);
});

test('of several file systems on one path it is the last one mounted', () => {
  expect(parseMounts(line('8:1', '/mnt', 'ext4 /dev/sda1 rw') + line('8:2', '/mnt', 'xfs /dev/sda2 rw'))).toEqual([
    { mountpoint: '/mnt', device: '/dev/sda2', type: 'xfs', mode: 'rw' },
  ]);
});

test('file systems of a network and images are left out', () => {
  const network = ['nfs', 'nfs4', 'cifs', 'fuse.sshfs', 'ceph', '9p', 'lustre'].map((type, i) =>
    line(`0:${i}`, `/${type}`, `${type} server:/export rw`),
  );
  expect(
    paths(
      ...network,
      line('7:0', '/snap/core', 'squashfs /dev/loop0 ro'),
      line('11:0', '/cd', 'iso9660 /dev/sr0 ro'),
      line('0:9', '/tank', 'zfs tank rw'),
    ),
  ).toEqual(['/tank']);
});

test('a file system is read-only by its mount or by itself, as after an error', () => {
  const modes = parseMounts(
    line('8:1', '/a', 'ext4 /dev/sda1 rw', 'ro,relatime') +
      line('8:2', '/b', 'ext4 /dev/sda2 ro') +
      line('8:3', '/c', 'ext4 /dev/sda3 rw,errors=remount-ro'),
  ).map(({ mode }) => mode);
  expect(modes).toEqual(['ro', 'ro', 'rw']);
});

test('escapes in paths are undone', () => {
  expect(paths(line('8:1', '/my\\040data\\134x', 'ext4 /dev/sda1 rw'))).toEqual(['/my data\\x']);
});

test('of more than a hundred file systems those with the shortest paths are left', () => {
  const lines = Array.from({ length: 150 }, (_, i) => line(`0:${i}`, `/tank/${i + 1}`, 'zfs tank rw'));
  const left = paths(...lines.reverse());
  expect(left).toHaveLength(100);
  expect(left).toEqual(expect.arrayContaining(Array.from({ length: 99 }, (_, i) => `/tank/${i + 1}`)));
});
