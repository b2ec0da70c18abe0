import type { Contender } from '../measure/interleave.ts';
import type { StepTimes } from './step-times.ts';

interface WithProcessorTime {
  readonly measured: readonly Contender[];
  /** Nanoseconds for each time of the last runs: of all threads, and without what other processes take. */
  processorTimes(runs: number): StepTimes;
}

/** Measures the processor time of each run of some contenders as well. */
export function withProcessorTime(contenders: readonly Contender[]): WithProcessorTime {
  const times = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  return {
    measured: contenders.map((contender) => ({
      ...contender,
      run: async (count) => {
        const before = process.cpuUsage();
        await contender.run(count);
        const { user, system } = process.cpuUsage(before);
        times.get(contender.name)?.push(((user + system) * 1000) / count);
      },
    })),
    processorTimes: (runs) => Array.from(times, ([name, nanoseconds]) => [name, nanoseconds.slice(-runs)]),
  };
}
