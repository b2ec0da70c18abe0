import { containerMetrics as metric } from '@modelmeter/core';
import type { Row } from '../../grafana/layout.ts';
import { barGauge } from '../../grafana/single-value.ts';
import { curve, latest, legend } from '../../grafana/target.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { max, sum } from '../../promql/aggregate.ts';
import { divide } from '../../promql/operators.ts';
import { rate } from '../../promql/over-time.ts';
import { counter, gauge } from '../../promql/select.ts';
import { TARGET, targetName } from '../target.ts';

// Several processes of one container each report it: values are per instance, never added up.
const NO_LIMIT = 'No container with a limit';
const NO_CONTAINER = 'No container';

export const containers: Row = {
  title: 'Containers',
  isCollapsed: true,
  panels: [
    timeSeries({
      title: 'CPUs kept busy, and limit',
      description:
        'CPU time per second of all processes in the container of each instance, and how many CPUs it may keep busy. Where they touch, the container is throttled.',
      unit: 'short',
      min: 0,
      width: 12,
      noValue: NO_CONTAINER,
      targets: [
        curve(sum(rate(counter(metric.containerCpuTime)), TARGET), targetName),
        curve(max(gauge(metric.containerCpuLimit), TARGET), legend`${'job'} ${'instance'} limit`),
      ],
    }),
    timeSeries({
      title: 'Throttled time',
      description:
        'Time per second that threads of the container, all together, were kept from running because its CPU limit was used up; 100 % is one thread that always waits. It makes requests slow even where the average CPU is low: raise the limit, or use fewer threads.',
      unit: 'percentunit',
      min: 0,
      width: 12,
      noValue: NO_LIMIT,
      legend: ['lastNotNull', 'mean', 'max'],
      targets: [curve(max(rate(counter(metric.containerCpuThrottledTime)), TARGET), targetName)],
    }),
    timeSeries({
      title: 'Memory, and limit',
      description:
        'Memory of the container of each instance without cached files (working set), with them, and what it may use. When the working set reaches the limit, the kernel ends a process.',
      unit: 'bytes',
      min: 0,
      width: 12,
      noValue: NO_CONTAINER,
      targets: [
        curve(max(gauge(metric.containerMemoryWorkingSet), TARGET), legend`${'job'} ${'instance'} working set`),
        curve(max(gauge(metric.containerMemoryUsage), TARGET), legend`${'job'} ${'instance'} with files`),
        curve(max(gauge(metric.containerMemoryLimit), TARGET), legend`${'job'} ${'instance'} limit`),
      ],
    }),
    barGauge({
      title: 'Memory of the limit',
      description:
        'Working set of the container of each instance as a share of its limit. Orange from 80 %, red from 90 %: raise the limit before the kernel ends a process.',
      unit: 'percentunit',
      min: 0,
      max: 1,
      width: 12,
      noValue: NO_LIMIT,
      thresholds: ['green', [0.8, 'orange'], [0.9, 'red']],
      targets: [
        latest(divide(max(gauge(metric.containerMemoryWorkingSet), TARGET), max(gauge(metric.containerMemoryLimit), TARGET)), targetName),
      ],
    }),
  ],
};
