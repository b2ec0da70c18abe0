import { readFile, statfs } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { filesystemMode, filesystemMountpoint, filesystemState, filesystemType, systemDeviceName } from '@modelmeter/core/attributes';
import { systemFilesystemLimit, systemFilesystemUsage, systemFilesystemUtilization } from '@modelmeter/core/host-metrics';
import { type BackgroundOptions, BackgroundReader } from '../background-reader.ts';
import type { Report, Source } from '../source.ts';
import { FilesystemReader, type FilesystemSpace } from './filesystem-reader.ts';
import { type Mount, parseMounts } from './mounts.ts';

export interface FilesystemSourceOptions {
  /** The file systems that there are now. */
  readonly mounts: () => Promise<readonly Mount[]>;
  /** @default that of Node */
  readonly statfs?: typeof statfs;
  /** How often, and how long what was read is good. */
  readonly background?: BackgroundOptions;
  /**
   * How long one file system may take to answer.
   * @default 2
   */
  readonly timeoutSeconds?: number;
}

/** File systems, read in the background: one that does not answer is absent, and holds up neither the others nor the program. */
export function filesystemSource(options: FilesystemSourceOptions): Source & { readonly reader: BackgroundReader<unknown> } {
  const filesystems = new FilesystemReader(options.statfs ?? statfs, options.timeoutSeconds ?? 2);
  const reader = new BackgroundReader(async () => filesystems.read(await options.mounts()), {
    everySeconds: 10,
    maxAgeSeconds: 60,
    ...options.background,
  });
  return {
    name: 'system.filesystem',
    reader,
    firstReading: reader.firstReading,
    read(report) {
      const { spaces = [], failure } = reader.value ?? {};
      for (const space of spaces) reportSpace(report, space);
      const error = reader.failure ?? failure;
      if (error !== undefined) throw error;
    },
    stop: () => reader.stop(),
  };
}

export async function linuxMounts(proc: string): Promise<Mount[]> {
  return parseMounts(await readFile(join(proc, 'self/mountinfo'), 'utf8'));
}

/** Where Node lists no file systems: the one of the working directory. */
export async function nodeMounts(): Promise<Mount[]> {
  const { root } = parse(process.cwd());
  return [{ mountpoint: root, device: root, type: process.platform === 'win32' ? 'ntfs' : 'apfs', mode: 'rw' }];
}

function reportSpace(report: Report, { mount, totalBytes, ...byState }: FilesystemSpace): void {
  const attributes = {
    [systemDeviceName.key]: mount.device,
    [filesystemMountpoint.key]: mount.mountpoint,
    [filesystemType.key]: mount.type,
    [filesystemMode.key]: mount.mode,
  } as const;
  for (const [state, bytes] of [
    ['used', byState.usedBytes],
    ['free', byState.freeBytes],
    ['reserved', byState.reservedBytes],
  ] as const) {
    report(systemFilesystemUsage, { [filesystemState.key]: state, ...attributes }, bytes);
    report(systemFilesystemUtilization, { [filesystemState.key]: state, ...attributes }, bytes / totalBytes);
  }
  report(systemFilesystemLimit, attributes, totalBytes);
}
