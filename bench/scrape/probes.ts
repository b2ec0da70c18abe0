import { GCProfiler } from 'node:v8';
import { bytesUsed, bytesUsedAtRest } from '../measure/heap.ts';
import { blockProbe, cpuProbe, type Probe } from '../measure/process-probes.ts';

export type ProbeName = 'cpu' | 'block' | 'heap';

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
