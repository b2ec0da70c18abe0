import { GCProfiler } from 'node:v8';
import { bytesUsed, bytesUsedAtRest } from '../measure/heap.ts';

/** Watches this process while it serves a page. */
export interface Probe {
  start(): void | Promise<void>;
  /** @returns figures by name, each with its unit in the name. */
  stop(): Readonly<Record<string, number>>;
}

export type ProbeName = 'cpu' | 'block' | 'heap';

/** All threads of the process: serving, garbage collection, compression. */
function cpuProbe(): Probe {
  let before: NodeJS.CpuUsage | undefined;
  return {
    start: () => {
      before = process.cpuUsage();
    },
    stop: () => {
      const { user, system } = process.cpuUsage(before);
      return { cpuMilliseconds: (user + system) / 1000 };
    },
  };
}

/** The longest time between two turns of the event loop, taken by an immediate in every turn. */
function blockProbe(): Probe {
  let longest = 0;
  let last = 0;
  let immediate: NodeJS.Immediate | undefined;
  const turn = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    immediate = setImmediate(turn);
  };
  return {
    start: () => {
      longest = 0;
      last = performance.now();
      immediate = setImmediate(turn);
    },
    stop: () => {
      clearImmediate(immediate);
      return { longestBlockMilliseconds: Math.max(longest, performance.now() - last) };
    },
  };
}

const emptyBytes = await bytesUsedAtRest();

/** Memory in use only grows between collections, so its peak is before one of them or at the end. Taken above what this process began with. */
function heapProbe(): Probe {
  let atRest = 0;
  let profiler = new GCProfiler();
  return {
    start: async () => {
      atRest = await bytesUsedAtRest();
      profiler = new GCProfiler();
      profiler.start();
    },
    stop: () => {
      const before = profiler
        .stop()
        .statistics.map(({ beforeGC: { heapStatistics } }) => heapStatistics.usedHeapSize + heapStatistics.externalMemory);
      const peak = Math.max(bytesUsed(), ...before);
      return { restMegabytes: (atRest - emptyBytes) / 1e6, peakMegabytes: (peak - emptyBytes) / 1e6 };
    },
  };
}

export const probes: Readonly<Record<ProbeName, () => Probe>> = { cpu: cpuProbe, block: blockProbe, heap: heapProbe };
