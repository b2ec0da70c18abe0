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

  function steadyTimes(): CpuTimes {
    const times = read();
    const kept: Partial<Record<HostCpuMode, number>> = {};
    for (const mode of HOST_CPU_MODES) if (times[mode] !== undefined) kept[mode] = steady.keep(mode, times[mode]);
    return kept;
  }

  return {
    name: 'system.cpu',
    read(report) {
      const times = steadyTimes();
      const growth: CpuTimes = spent.update(times as Record<HostCpuMode, number>)?.growth ?? {};
      let all = 0;
      for (const mode of HOST_CPU_MODES) all += growth[mode] ?? 0;
      for (const mode of HOST_CPU_MODES) {
        const attributes = { [cpuMode.key]: mode } as const;
        const grown = growth[mode];
        report(systemCpuTime, attributes, times[mode]);
        report(systemCpuUtilization, attributes, grown !== undefined && all > 0 ? grown / all : undefined);
      }
    },
  };
}

export function linuxCpuTimes(proc: string): () => CpuTimes {
  const file = join(proc, 'stat');
  return () => parseCpuTimes(readFileSync(file, 'utf8'));
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
