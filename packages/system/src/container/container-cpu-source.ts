import { containerCpuLimit, containerCpuThrottledTime, containerCpuTime } from '@modelmeter/core/container-metrics';
import { cpuMode } from '@modelmeter/core/attributes';
import type { Source } from '../source.ts';
import { type ControlGroup, findControlGroup } from './control-group.ts';
import { least, parseAmount, parseEntry, readIfPresent } from './read-values.ts';

/** What a control group tells of CPU; what it does not tell is undefined. */
export interface ContainerCpu {
  readonly userSeconds: number | undefined;
  readonly systemSeconds: number | undefined;
  readonly throttledSeconds: number | undefined;
  readonly limit: number | undefined;
}

// USER_HZ, which is 100 wherever Linux runs Node.
const TICKS_PER_SECOND = 100;

/** @returns undefined where there is no container, or nothing limits or counts its CPU time. */
export function containerCpuSource(proc: string, cgroup: string): Source | undefined {
  const group = findControlGroup(proc, cgroup, 'cpu');
  if (group === undefined) return undefined;
  const accounting = group.version === 1 ? findControlGroup(proc, cgroup, 'cpuacct') : undefined;
  return {
    name: 'container.cpu',
    read(report) {
      const cpu = group.version === 2 ? readCpu2(group) : readCpu1(group, accounting);
      report(containerCpuTime, { [cpuMode.key]: 'user' }, cpu.userSeconds);
      report(containerCpuTime, { [cpuMode.key]: 'system' }, cpu.systemSeconds);
      report(containerCpuThrottledTime, {}, cpu.throttledSeconds);
      report(containerCpuLimit, {}, cpu.limit);
    },
  };
}

/** Linux: Documentation/admin-guide/cgroup-v2.rst, "CPU Interface Files". */
function readCpu2({ folders }: ControlGroup): ContainerCpu {
  const stat = readIfPresent(folders[0], 'cpu.stat');
  if (stat === undefined) throw new Error(`${folders[0]} has no cpu.stat`);
  const seconds = (name: string) => divided(parseEntry(stat, name), 1e6);
  return {
    userSeconds: seconds('user_usec'),
    systemSeconds: seconds('system_usec'),
    throttledSeconds: seconds('throttled_usec'),
    limit: least(
      folders.map((folder) => {
        const [quota, period] = readIfPresent(folder, 'cpu.max')?.trim().split(' ') ?? [];
        return cpusOf(parseAmount(quota), parseAmount(period));
      }),
    ),
  };
}

/** Linux: Documentation/admin-guide/cgroup-v1/cpuacct.rst and Documentation/scheduler/sched-bwc.rst. */
function readCpu1({ folders }: ControlGroup, accounting: ControlGroup | undefined): ContainerCpu {
  const times = accounting && readIfPresent(accounting.folders[0], 'cpuacct.stat');
  return {
    userSeconds: divided(parseEntry(times, 'user'), TICKS_PER_SECOND),
    systemSeconds: divided(parseEntry(times, 'system'), TICKS_PER_SECOND),
    throttledSeconds: divided(parseEntry(readIfPresent(folders[0], 'cpu.stat'), 'throttled_time'), 1e9),
    limit: least(
      folders.map((folder) =>
        cpusOf(parseAmount(readIfPresent(folder, 'cpu.cfs_quota_us')), parseAmount(readIfPresent(folder, 'cpu.cfs_period_us'))),
      ),
    ),
  };
}

function cpusOf(quota: number | undefined, period: number | undefined): number | undefined {
  return period ? divided(quota, period) : undefined;
}

function divided(value: number | undefined, by: number): number | undefined {
  return value === undefined ? undefined : value / by;
}
