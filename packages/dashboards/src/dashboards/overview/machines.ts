import { gpuMetrics, processMetrics } from '@modelmeter/core';
import { eventLoopDelayP99 } from '../../foreign-metrics.ts';
import type { Row } from '../../grafana/layout.ts';
import { curve, legend } from '../../grafana/target.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { max, sum } from '../../promql/aggregate.ts';
import { rate } from '../../promql/over-time.ts';
import { counter, gauge } from '../../promql/select.ts';

export const machines: Row = {
  title: 'What they run on',
  panels: [
    timeSeries({
      title: 'CPU of processes',
      description: 'CPUs that each process keeps busy; 1 is one core. A model that is short of CPU shows here at its limit.',
      unit: 'none',
      min: 0,
      width: 6,
      targets: [curve(sum(rate(counter(processMetrics.processCpuTime)), ['instance']), legend`${'instance'}`)],
    }),
    timeSeries({
      title: 'Memory of processes',
      description:
        'Physical memory of each process. Growth without end is a leak: compare with the tensors of Training and the heap of Resources.',
      unit: 'bytes',
      min: 0,
      width: 6,
      targets: [curve(max(gauge(processMetrics.processMemoryUsage), ['instance']), legend`${'instance'}`)],
    }),
    timeSeries({
      title: 'Event-loop delay, 99th percentile',
      description:
        'How late the event loop of each process was. A step of TensorFlow.js blocks it: in a process that serves, that is what its clients wait for.',
      unit: 's',
      min: 0,
      width: 6,
      targets: [curve(max(gauge(eventLoopDelayP99), ['instance']), legend`${'instance'}`)],
    }),
    timeSeries({
      title: 'GPU',
      description: 'Share of time in which each GPU computed. Low while a run is in progress: the GPU waits for data or for the CPU.',
      unit: 'percentunit',
      min: 0,
      max: 1,
      width: 6,
      noValue: 'No GPU',
      targets: [
        curve(
          max(gauge(gpuMetrics.gpuUtilization, { 'hw.gpu.task': 'general' }), ['instance', 'hw.name', 'hw.id']),
          legend`${'instance'} ${'hw.name'} ${'hw.id'}`,
        ),
      ],
    }),
  ],
};
