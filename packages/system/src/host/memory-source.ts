import { readFileSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import { memoryState } from '@modelmeter/core/attributes';
import { systemMemoryLimit, systemMemoryUsage, systemMemoryUtilization } from '@modelmeter/core/host-metrics';
import type { Source } from '../source.ts';

export interface HostMemory {
  readonly totalBytes: number;
  readonly availableBytes: number;
}

/** The memory of the host. */
export function memorySource(read: () => HostMemory): Source {
  return {
    name: 'system.memory',
    read(report) {
      const { totalBytes, availableBytes } = read();
      for (const [state, bytes] of [
        ['used', totalBytes - availableBytes],
        ['available', availableBytes],
      ] as const) {
        report(systemMemoryUsage, { [memoryState.key]: state }, bytes);
        report(systemMemoryUtilization, { [memoryState.key]: state }, bytes / totalBytes);
      }
      report(systemMemoryLimit, {}, totalBytes);
    },
  };
}

/**
 * /proc/meminfo: proc_meminfo(5). Its kB are of 1024 bytes.
 * @throws where a line is missing; MemAvailable is there from Linux 3.14 on.
 */
function parseMeminfo(meminfo: string): HostMemory {
  const bytes = (name: string) => {
    const kibibytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(meminfo)?.[1];
    if (kibibytes === undefined) throw new Error(`/proc/meminfo has no ${name}`);
    return Number(kibibytes) * 1024;
  };
  return { totalBytes: bytes('MemTotal'), availableBytes: bytes('MemAvailable') };
}

export function linuxMemory(proc: string): () => HostMemory {
  const file = join(proc, 'meminfo');
  return () => parseMeminfo(readFileSync(file, 'utf8'));
}

export function nodeMemory(): HostMemory {
  return { totalBytes: totalmem(), availableBytes: freemem() };
}
