import { processMetrics as metric } from '@modelmeter/core';
import type { Row } from '../../grafana/layout.ts';
import { table } from '../../grafana/table.ts';
import { curve } from '../../grafana/target.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { max, sum } from '../../promql/aggregate.ts';
import { overTime, rate } from '../../promql/over-time.ts';
import { counter, gauge } from '../../promql/select.ts';
import { TARGET, targetName } from '../target.ts';

export const processes: Row = {
  title: 'Processes',
  panels: [
    timeSeries({
      title: 'CPUs kept busy',
      description:
        'CPU time of each process per second: 2 is two CPUs kept busy. One that stays at 1 while others are free computes on a single thread: JavaScript, not the native library.',
      unit: 'short',
      min: 0,
      legend: ['lastNotNull', 'mean', 'max'],
      targets: [curve(sum(rate(counter(metric.processCpuTime)), TARGET), targetName)],
    }),
    timeSeries({
      title: 'Memory',
      description:
        'Physical memory of each process, tensors of native libraries included. Growth that no restart and no run explains is a leak: compare with the tensors on the Training dashboard and with the heap below.',
      unit: 'bytes',
      min: 0,
      legend: ['lastNotNull', 'min', 'max'],
      targets: [curve(max(gauge(metric.processMemoryUsage), TARGET), targetName)],
    }),
    timeSeries({
      title: 'Uptime',
      description:
        'How long each process has been running. A fall to zero is a restart: without a release, look into its log and, in a container, for an end by the memory limit.',
      unit: 's',
      min: 0,
      legend: ['lastNotNull'],
      targets: [curve(max(gauge(metric.processUptime), TARGET), targetName)],
    }),
    table({
      title: 'Processes',
      description:
        'Each process with what it used within the time range. CPU is the share of all CPUs that it may use, on average. Open files that only grow are connections or streams that nobody closes.',
      width: 24,
      labels: { job: 'Job', instance: 'Instance' },
      sortBy: 'CPU',
      columns: [
        { title: 'Running for', query: max(gauge(metric.processUptime), TARGET), unit: 's' },
        { title: 'CPU', query: sum(overTime('avg', gauge(metric.processCpuUtilization), '$__range'), TARGET), unit: 'percentunit' },
        { title: 'Memory', query: max(gauge(metric.processMemoryUsage), TARGET), unit: 'bytes' },
        { title: 'Most memory', query: max(overTime('max', gauge(metric.processMemoryUsage), '$__range'), TARGET), unit: 'bytes' },
        { title: 'Open files', query: max(gauge(metric.processFileDescriptors), TARGET), unit: 'short' },
        { title: 'Most open files', query: max(overTime('max', gauge(metric.processFileDescriptors), '$__range'), TARGET), unit: 'short' },
      ],
    }),
  ],
};
