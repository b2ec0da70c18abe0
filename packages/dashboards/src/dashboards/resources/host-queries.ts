import { hostMetrics as metric } from '@modelmeter/core';
import { max } from '../../promql/aggregate.ts';
import { above, below, divide, subtract } from '../../promql/operators.ts';
import { derivative } from '../../promql/over-time.ts';
import { gauge } from '../../promql/select.ts';
import type { Vector } from '../../promql/vector.ts';

// One process of a host reports it, and several scrapes may see that process: values of hosts are never added up, of what is there twice the larger one is taken.

export const INSTANCE = ['instance'] as const;
export const FILE_SYSTEM = ['instance', 'system.filesystem.mountpoint', 'system.device.name'] as const;

const YEAR_SECONDS = 365 * 24 * 3600;

/** Share of the time that the CPUs of each host were busy. */
export const hostCpuBusy: Vector<'instance'> = subtract<'instance'>(
  1,
  max(gauge(metric.systemCpuUtilization, { 'cpu.mode': 'idle' }), INSTANCE),
);

export const hostMemoryUsed: Vector<'instance'> = max(gauge(metric.systemMemoryUtilization, { 'system.memory.state': 'used' }), INSTANCE);

export const filesystemUsed: Vector<(typeof FILE_SYSTEM)[number]> = max(
  gauge(metric.systemFilesystemUtilization, { 'system.filesystem.state': 'used' }),
  FILE_SYSTEM,
);

/** Seconds until each file system is full if it goes on as in the last six hours; none where it does not fill within a year. */
export const secondsUntilFull: Vector<(typeof FILE_SYSTEM)[number]> = below(
  divide(
    max(gauge(metric.systemFilesystemUsage, { 'system.filesystem.state': 'free' }), FILE_SYSTEM),
    above(max(derivative(gauge(metric.systemFilesystemUsage, { 'system.filesystem.state': 'used' }), '6h'), FILE_SYSTEM), 0),
  ),
  YEAR_SECONDS,
);
