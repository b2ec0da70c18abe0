import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diskIoDirection, systemDeviceName } from '@modelmeter/core/attributes';
import { systemDiskIo } from '@modelmeter/core/host-metrics';
import type { Source } from '../source.ts';

// The kernel counts in these whatever the sectors of a disk are (Documentation/admin-guide/iostats.rst).
const SECTOR_BYTES = 512;
/** Devices that are made of others, whose bytes are counted there, or of memory. */
const VIRTUAL = /^(loop|ram|zram|dm-|md|sr|fd)\d/;

const MOST_DISKS = 100;

export interface DiskIo {
  readonly device: string;
  readonly readBytes: number;
  readonly writtenBytes: number;
}

/** The disks of the host, as Linux tells of them. */
export function diskSource(proc: string): Source {
  const file = join(proc, 'diskstats');
  return {
    name: 'system.disk',
    read(report) {
      for (const { device, readBytes, writtenBytes } of parseDiskstats(readFileSync(file, 'utf8'))) {
        report(systemDiskIo, { [systemDeviceName.key]: device, [diskIoDirection.key]: 'read' }, readBytes);
        report(systemDiskIo, { [systemDeviceName.key]: device, [diskIoDirection.key]: 'write' }, writtenBytes);
      }
    },
  };
}

/**
 * /proc/diskstats: Documentation/ABI/testing/procfs-diskstats. Partitions are left out where their disk is there, so that the sum over all
 * devices is what was read and written.
 * @throws where a line is not of numbers.
 */
export function parseDiskstats(diskstats: string): DiskIo[] {
  const lines = diskstats.split('\n').filter((line) => line.trim() !== '');
  const all = lines.map((line) => {
    const [, , device = '', , , sectorsRead, , , , sectorsWritten] = line.trim().split(/\s+/);
    const readBytes = Number(sectorsRead) * SECTOR_BYTES;
    const writtenBytes = Number(sectorsWritten) * SECTOR_BYTES;
    if (!Number.isFinite(readBytes + writtenBytes)) throw new Error(`/proc/diskstats has the line ${JSON.stringify(line)}`);
    return { device, readBytes, writtenBytes };
  });
  const devices = new Set(all.map(({ device }) => device));
  return all.filter(({ device }) => !VIRTUAL.test(device) && !isPartition(device, devices)).slice(0, MOST_DISKS);
}

/** sda1 is a part of sda, nvme0n1p2 of nvme0n1. Some clouds have xvda1 without an xvda. */
function isPartition(device: string, devices: ReadonlySet<string>): boolean {
  const disk = device.replace(/(?<=\d)p\d+$|\d+$/, '');
  return disk !== device && devices.has(disk);
}
