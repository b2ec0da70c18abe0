import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** What the figures depend on, without saying whose machine it is. */
export interface Machine {
  readonly date: string;
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  /** Processes that wanted to run in the last minute, before the benchmarks began. */
  readonly load: number;
}

export function thisMachine(): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 1e9),
    load: loadavg()[0] ?? 0,
  };
}

export function machineSentence({ date, node, platform, cpu, cores, memoryGigabytes, load }: Machine): string {
  return `Measured on ${date} with Node ${node} on ${platform}, ${cores} cores (${cpu}), ${memoryGigabytes} GB of memory; load before the run ${load.toFixed(1)}.`;
}
