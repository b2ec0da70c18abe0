import { hostMetrics as metric } from '@modelmeter/core';
import type { Row } from '../../grafana/layout.ts';
import { barGauge } from '../../grafana/single-value.ts';
import { table } from '../../grafana/table.ts';
import { curve, latest, legend } from '../../grafana/target.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { average, max } from '../../promql/aggregate.ts';
import { rate } from '../../promql/over-time.ts';
import { counter, gauge } from '../../promql/select.ts';
import { FILE_SYSTEM, filesystemUsed, hostCpuBusy, INSTANCE, secondsUntilFull } from './host-queries.ts';

const FULLNESS = ['green', [0.8, 'orange'], [0.9, 'red']] as const;
const ONE_REPORTS = 'One process of each host reports it, and hands over to another when it ends.';

export const hosts: Row = {
  title: 'Hosts',
  panels: [
    timeSeries({
      title: 'CPU by mode',
      description: `Share of the time that the CPUs spent in each mode, stacked to 100 %; of several hosts it is the average, so choose an instance to see its host alone. iowait is waiting for disks, steal is taken by other virtual machines. ${ONE_REPORTS}`,
      unit: 'percentunit',
      min: 0,
      max: 1,
      draw: 'stack',
      legend: ['lastNotNull', 'mean'],
      targets: [curve(average(gauge(metric.systemCpuUtilization), ['cpu.mode']), legend`${'cpu.mode'}`)],
    }),
    timeSeries({
      title: 'CPU busy',
      description: `Share of the time that the CPUs of each host were not idle. If it is high while the processes above are not, others on the host take the time. ${ONE_REPORTS}`,
      unit: 'percentunit',
      min: 0,
      max: 1,
      legend: ['lastNotNull', 'mean', 'max'],
      targets: [curve(hostCpuBusy, legend`${'instance'}`)],
    }),
    timeSeries({
      title: 'Memory',
      description: `Memory of each host: in use, to be had without swapping, and all that there is. When nothing is to be had, the kernel ends a process, often the largest: the one that trains. ${ONE_REPORTS}`,
      unit: 'bytes',
      min: 0,
      targets: [
        curve(max(gauge(metric.systemMemoryUsage), ['instance', 'system.memory.state']), legend`${'instance'} ${'system.memory.state'}`),
        curve(max(gauge(metric.systemMemoryLimit), INSTANCE), legend`${'instance'} all`),
      ],
    }),
    barGauge({
      title: 'File systems',
      description:
        'Space in use on each file system. Orange from 80 %, red from 90 %: delete old checkpoints and logs, or enlarge it before a run cannot save.',
      unit: 'percentunit',
      min: 0,
      max: 1,
      thresholds: FULLNESS,
      targets: [
        latest(max(filesystemUsed, ['instance', 'system.filesystem.mountpoint']), legend`${'instance'} ${'system.filesystem.mountpoint'}`),
      ],
    }),
    timeSeries({
      title: 'Disks',
      description:
        'Bytes per second read from and written to each disk. Training that waits for data while a disk is at its limit needs a faster disk, smaller files or a cache.',
      unit: 'Bps',
      min: 0,
      targets: [
        curve(
          max(rate(counter(metric.systemDiskIo)), ['instance', 'system.device.name', 'disk.io.direction']),
          legend`${'instance'} ${'system.device.name'} ${'disk.io.direction'}`,
        ),
      ],
    }),
    timeSeries({
      title: 'Network',
      description:
        'Bytes per second received and transmitted by each network interface. At the speed of the interface, requests and data sets wait for it.',
      unit: 'Bps',
      min: 0,
      targets: [
        curve(
          max(rate(counter(metric.systemNetworkIo)), ['instance', 'network.interface.name', 'network.io.direction']),
          legend`${'instance'} ${'network.interface.name'} ${'network.io.direction'}`,
        ),
      ],
    }),
    table({
      title: 'When file systems will be full',
      description:
        'Space of each file system, and how long it lasts if it fills as in the last six hours: red within a day, orange within a week. Where there is no time it does not fill, or not within a year.',
      width: 24,
      labels: { instance: 'Instance', 'system.filesystem.mountpoint': 'Mounted at', 'system.device.name': 'Device' },
      sortBy: 'Used',
      columns: [
        { title: 'Used', query: filesystemUsed, unit: 'percentunit', thresholds: FULLNESS, isColored: true },
        { title: 'Size', query: max(gauge(metric.systemFilesystemLimit), FILE_SYSTEM), unit: 'bytes' },
        {
          title: 'Free',
          query: max(gauge(metric.systemFilesystemUsage, { 'system.filesystem.state': 'free' }), FILE_SYSTEM),
          unit: 'bytes',
        },
        {
          title: 'Full in',
          query: secondsUntilFull,
          unit: 's',
          thresholds: ['red', [86_400, 'orange'], [604_800, 'green']],
          isColored: true,
        },
      ],
    }),
  ],
};
