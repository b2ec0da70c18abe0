/** Modes of OpenTelemetry that CPU time of a host is told by. */
export const HOST_CPU_MODES = ['user', 'nice', 'system', 'idle', 'iowait', 'interrupt', 'steal'] as const;

export type HostCpuMode = (typeof HOST_CPU_MODES)[number];

/** Seconds of all CPUs together; a mode that a platform does not tell is missing. */
export type CpuTimes = Readonly<Partial<Record<HostCpuMode, number>>>;

// USER_HZ, which is 100 wherever Linux runs Node.
const TICKS_PER_SECOND = 100;

/**
 * The first line of /proc/stat: proc_stat(5). Time of guests is part of user and nice there, so it is not told again.
 * @throws where it is no such file.
 */
export function parseCpuTimes(stat: string): CpuTimes {
  const [name, ...cells] = (/^.*$/m.exec(stat)?.[0] ?? '').split(/\s+/);
  const seconds = cells.map((ticks) => Number(ticks) / TICKS_PER_SECOND);
  const [user, nice, system, idle, iowait = 0, irq = 0, softirq = 0, steal = 0] = seconds;
  if (name !== 'cpu' || user === undefined || nice === undefined || system === undefined || !Number.isFinite(idle) || idle === undefined) {
    throw new Error('the first line of /proc/stat is not about CPUs');
  }
  return { user, nice, system, idle, iowait, interrupt: irq + softirq, steal };
}
