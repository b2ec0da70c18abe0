import { availableParallelism } from 'node:os';
import type { Clock } from '@modelmeter/core';
import { cpuMode } from '@modelmeter/core/attributes';
import {
  processCpuTime,
  processCpuUtilization,
  processFileDescriptors,
  processMemoryUsage,
  processUptime,
} from '@modelmeter/core/process-metrics';
import type { Source } from '../source.ts';
import { TimeSpent } from '../time-spent.ts';

/** What a process tells of itself. */
export interface ProcessLike {
  cpuUsage(): { readonly user: number; readonly system: number };
  readonly memoryUsage: { rss(): number };
  uptime(): number;
}

export interface ProcessSourceOptions {
  readonly clock: Clock;
  readonly fileDescriptors: () => number | undefined;
  /** @default the process that this runs in */
  readonly process?: ProcessLike;
  /**
   * CPUs that the process may use.
   * @default availableParallelism()
   */
  readonly cpus?: () => number;
}

const MODES = ['user', 'system'] as const;

/** The process itself, as Node tells of it on every platform. */
export function processSource(options: ProcessSourceOptions): Source {
  const { clock, fileDescriptors, process: self = process, cpus = availableParallelism } = options;
  const spent = new TimeSpent<(typeof MODES)[number]>(clock);
  const cpuSeconds = () => {
    const { user, system } = self.cpuUsage();
    return { user: user / 1e6, system: system / 1e6 };
  };
  return {
    name: 'process',
    read(report) {
      const seconds = cpuSeconds();
      const last = spent.update(seconds);
      const possibleSeconds = last && last.elapsedSeconds * cpus();
      for (const mode of MODES) {
        const attributes = { [cpuMode.key]: mode } as const;
        report(processCpuTime, attributes, seconds[mode]);
        report(processCpuUtilization, attributes, last && possibleSeconds && Math.min(1, last.growth[mode] / possibleSeconds));
      }
      report(processMemoryUsage, {}, self.memoryUsage.rss());
      report(processUptime, {}, self.uptime());
      report(processFileDescriptors, {}, fileDescriptors());
    },
  };
}
