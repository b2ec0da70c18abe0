import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '@modelmeter/core';
import { cpuMode } from '@modelmeter/core/attributes';
import { systemCpuTime, systemCpuUtilization } from '@modelmeter/core/host-metrics';
import type { Source } from '../source.ts';
import { TimeSpent } from '../time-spent.ts';
import { type CpuTimes, HOST_CPU_MODES, type HostCpuMode, parseCpuTimes } from './cpu-times.ts';
import { SteadyTotals } from './steady-totals.ts';

/** The CPUs of the host, all together. */
export function cpuSource(read: () => CpuTimes, clock: Clock): Source {
  const spent = new TimeSpent<HostCpuMode>(clock);
  const steady = new SteadyTotals();

  function steadyTimes(): [HostCpuMode, number][] {
    const times = read();
    return HOST_CPU_MODES.flatMap((mode) => {
      const seconds = times[mode];
      return seconds === undefined ? [] : [[mode, steady.keep(mode, seconds)] satisfies [HostCpuMode, number]];
    });
  }

  return {
    name: 'system.cpu',
    read(report) {
      const times = steadyTimes();
      const last = spent.update(Object.fromEntries(times) as Record<HostCpuMode, number>);
      const all = last && Object.values(last.growth).reduce((sum, seconds) => sum + seconds, 0);
      for (const [mode, seconds] of times) {
        const attributes = { [cpuMode.key]: mode } as const;
        report(systemCpuTime, attributes, seconds);
        report(systemCpuUtilization, attributes, last && all ? last.growth[mode] / all : undefined);
      }
    },
  };
}

export function linuxCpuTimes(proc: string): CpuTimes {
  return parseCpuTimes(readFileSync(join(proc, 'stat'), 'utf8'));
}

/** What Node tells on every platform, in more time than Linux's own file takes. */
export function nodeCpuTimes(): CpuTimes {
  const times = { user: 0, system: 0, idle: 0, nice: 0, interrupt: 0 };
  for (const { times: one } of cpus()) {
    times.user += one.user / 1000;
    times.system += one.sys / 1000;
    times.idle += one.idle / 1000;
    times.nice += one.nice / 1000;
    times.interrupt += one.irq / 1000;
  }
  return times;
}
