import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  containerMemoryAvailable,
  containerMemoryLimit,
  containerMemoryUsage,
  containerMemoryWorkingSet,
} from '@modelmeter/core/container-metrics';
import { type BackgroundOptions, BackgroundReader } from '../background-reader.ts';
import type { Source } from '../source.ts';
import { type ControlGroup, findControlGroup } from './control-group.ts';
import { least, parseAmount, parseEntry, readIfPresent } from './read-values.ts';

/** What a control group tells of memory; what it does not tell is undefined. */
export interface ContainerMemory {
  readonly usageBytes: number;
  readonly limitBytes: number | undefined;
  /** Of cached files that have not been used lately, which the kernel takes back first. */
  readonly inactiveFileBytes: number | undefined;
}

/**
 * Memory is read in the background: to write `memory.stat` the kernel adds up all CPUs and groups, which may take it milliseconds.
 * @returns undefined where there is no container, or nothing counts its memory.
 */
export function containerMemorySource(proc: string, cgroup: string, background: BackgroundOptions = {}): BackgroundSource | undefined {
  const group = findControlGroup(proc, cgroup, 'memory');
  if (group === undefined) return undefined;
  if (readIfPresent(group.folders[0], group.version === 2 ? 'memory.current' : 'memory.usage_in_bytes') === undefined) return undefined;
  const reader = new BackgroundReader(() => (group.version === 2 ? readMemory2(group) : readMemory1(group)), background);
  return {
    name: 'container.memory',
    reader,
    firstReading: reader.firstReading,
    read(report) {
      const memory = reader.value;
      if (memory !== undefined) {
        const { usageBytes, limitBytes, inactiveFileBytes } = memory;
        const workingSet = inactiveFileBytes === undefined ? undefined : Math.max(0, usageBytes - inactiveFileBytes);
        report(containerMemoryUsage, {}, usageBytes);
        report(containerMemoryWorkingSet, {}, workingSet);
        report(containerMemoryLimit, {}, limitBytes);
        const isKnown = workingSet !== undefined && limitBytes !== undefined;
        report(containerMemoryAvailable, {}, isKnown ? Math.max(0, limitBytes - workingSet) : undefined);
      }
      if (reader.failure !== undefined) throw reader.failure;
    },
    stop: () => reader.stop(),
  };
}

/** A source with what reads it in the background. */
export type BackgroundSource = Source & { readonly reader: BackgroundReader<unknown> };

/** Linux: Documentation/admin-guide/cgroup-v2.rst, "Memory Interface Files". */
async function readMemory2({ folders }: ControlGroup): Promise<ContainerMemory> {
  const stat = await readFile(join(folders[0], 'memory.stat'), 'utf8');
  return {
    usageBytes: amountOf(await readFile(join(folders[0], 'memory.current'), 'utf8')),
    limitBytes: least(folders.map((folder) => parseAmount(readIfPresent(folder, 'memory.max')))),
    inactiveFileBytes: parseEntry(stat, 'inactive_file'),
  };
}

/** Linux: Documentation/admin-guide/cgroup-v1/memory.rst, "stat file". */
async function readMemory1({ folders }: ControlGroup): Promise<ContainerMemory> {
  const stat = await readFile(join(folders[0], 'memory.stat'), 'utf8');
  const limits = folders.map((folder) => parseAmount(readIfPresent(folder, 'memory.limit_in_bytes')));
  return {
    usageBytes: amountOf(await readFile(join(folders[0], 'memory.usage_in_bytes'), 'utf8')),
    // The groups around that cannot be seen from here count in the first.
    limitBytes: least([parseAmount(String(parseEntry(stat, 'hierarchical_memory_limit') ?? 'max')), ...limits]),
    inactiveFileBytes: parseEntry(stat, 'total_inactive_file'),
  };
}

function amountOf(text: string): number {
  const amount = parseAmount(text);
  if (amount === undefined) throw new Error(`the memory in use is ${JSON.stringify(text)}`);
  return amount;
}
