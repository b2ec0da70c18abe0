import { containerMetrics as container, gpuMetrics as gpu, processMetrics } from '@modelmeter/core';
import type { Panel } from '../../grafana/panel.ts';
import { gaugePanel } from '../../grafana/single-value.ts';
import { latest } from '../../grafana/target.ts';
import { max, sum } from '../../promql/aggregate.ts';
import { divide } from '../../promql/operators.ts';
import { gauge } from '../../promql/select.ts';
import { filesystemUsed, hostCpuBusy, hostMemoryUsed } from './host-queries.ts';

const common = { unit: 'percentunit', min: 0, max: 1 } as const;

/** What is nearest to its limit? */
export const glance: readonly Panel[] = [
  gaugePanel({
    ...common,
    title: 'Busiest process',
    description:
      'CPU time of the process that uses most, of all that it may use. Orange from 80 %: it leaves no room for peaks; red from 95 %: requests and steps wait for a CPU. Add instances, or move work to a GPU.',
    thresholds: ['green', [0.8, 'orange'], [0.95, 'red']],
    targets: [latest(max(sum(gauge(processMetrics.processCpuUtilization), ['job', 'instance'])))],
  }),
  gaugePanel({
    ...common,
    title: 'Fullest container',
    description:
      'Memory in use in the container that is nearest to its limit, without cached files. Orange from 80 %, red from 90 %: at the limit the kernel ends a process of it. Raise the limit, or look for a leak.',
    noValue: 'No limit',
    thresholds: ['green', [0.8, 'orange'], [0.9, 'red']],
    targets: [latest(max(divide(gauge(container.containerMemoryWorkingSet), gauge(container.containerMemoryLimit))))],
  }),
  gaugePanel({
    ...common,
    title: 'Busiest host',
    description:
      'Share of the time that the CPUs of the busiest host were busy. Orange from 80 %, red from 95 %. If no process of yours is busy as well, a neighbour is.',
    thresholds: ['green', [0.8, 'orange'], [0.95, 'red']],
    targets: [latest(max(hostCpuBusy))],
  }),
  gaugePanel({
    ...common,
    title: 'Fullest memory',
    description: 'Memory in use on the host that has least left. Orange from 85 %, red from 95 %: then the host swaps, or ends a process.',
    thresholds: ['green', [0.85, 'orange'], [0.95, 'red']],
    targets: [latest(max(hostMemoryUsed))],
  }),
  gaugePanel({
    ...common,
    title: 'Fullest file system',
    description:
      'Space in use on the file system that is fullest. Orange from 80 %, red from 90 %: checkpoints and logs need room. The table below says when it will be full.',
    thresholds: ['green', [0.8, 'orange'], [0.9, 'red']],
    targets: [latest(max(filesystemUsed))],
  }),
  gaugePanel({
    ...common,
    title: 'Fullest GPU',
    description:
      'Memory in use on the GPU that is fullest. Orange from 90 %, red from 97 %: the next allocation may fail. Make batches smaller. Some libraries take all memory at once: then it says nothing.',
    noValue: 'No GPU',
    thresholds: ['green', [0.9, 'orange'], [0.97, 'red']],
    targets: [latest(max(gauge(gpu.gpuMemoryUtilization)))],
  }),
];
