import {
  eventLoopDelayMax,
  eventLoopDelayP50,
  eventLoopDelayP99,
  eventLoopUtilization,
  gcDuration,
  heapUsed,
} from '../../foreign-metrics.ts';
import type { Row } from '../../grafana/layout.ts';
import { curve, legend } from '../../grafana/target.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { max, quantile, sum } from '../../promql/aggregate.ts';
import { rate } from '../../promql/over-time.ts';
import { bucketsOf, countOf, gauge, sumOf } from '../../promql/select.ts';
import { TARGET, targetName } from '../target.ts';

export const node: Row = {
  title: 'Node.js',
  panels: [
    timeSeries({
      title: 'Event loop delay',
      description:
        'How much later than planned the event loop got round to things: median, 99th percentile and longest. While it is blocked, nothing is answered, scrapes included. The line at half a second: move such work to a worker thread or into smaller steps. Training in the same process blocks it by nature.',
      unit: 's',
      min: 0,
      thresholds: ['green', [0.5, 'red']],
      thresholdLines: true,
      targets: [
        curve(max(gauge(eventLoopDelayP50), TARGET), legend`p50 ${'job'} ${'instance'}`),
        curve(max(gauge(eventLoopDelayP99), TARGET), legend`p99 ${'job'} ${'instance'}`),
        curve(max(gauge(eventLoopDelayMax), TARGET), legend`max ${'job'} ${'instance'}`),
      ],
    }),
    timeSeries({
      title: 'Event loop utilisation',
      description:
        'Share of the time in which the event loop was busy. Near 100 % the process can take no more requests, however many CPUs are free: add instances.',
      unit: 'percentunit',
      min: 0,
      max: 1,
      legend: ['lastNotNull', 'mean', 'max'],
      targets: [curve(max(gauge(eventLoopUtilization), TARGET), targetName)],
    }),
    timeSeries({
      title: 'Time in garbage collection',
      description:
        'Share of the time that each process collected garbage and did nothing else. Above a few per cent: objects are made faster than is good, or the heap is nearly full.',
      unit: 'percentunit',
      min: 0,
      legend: ['lastNotNull', 'mean', 'max'],
      targets: [curve(sum(rate(sumOf(gcDuration)), TARGET), targetName)],
    }),
    timeSeries({
      title: 'p99 of garbage collections',
      description:
        'What one collection in a hundred exceeds, by kind, in the process where that is longest. Requests wait meanwhile: long major ones are peaks in their 99th percentile.',
      unit: 's',
      min: 0,
      noValue: 'No collection in this time range',
      targets: [
        curve(
          max(quantile(0.99, bucketsOf(gcDuration), { by: ['job', 'instance', 'v8js.gc.type'] }), ['v8js.gc.type']),
          legend`${'v8js.gc.type'}`,
        ),
      ],
    }),
    timeSeries({
      title: 'Garbage collections',
      description:
        'Collections per second by kind, all processes together. Many minor ones are short-lived objects, as arrays made for each request; major ones that come ever more often are a heap that fills up.',
      unit: 'ops',
      min: 0,
      targets: [curve(sum(rate(countOf(gcDuration)), ['v8js.gc.type']), legend`${'v8js.gc.type'}`)],
    }),
    timeSeries({
      title: 'Heap by space',
      description:
        'JavaScript memory in use by space of the heap, all chosen processes together; tensors of native libraries are not in it. old_space that only grows is a leak in JavaScript: take a heap snapshot.',
      unit: 'bytes',
      min: 0,
      draw: 'stack',
      targets: [curve(sum(gauge(heapUsed), ['v8js.heap.space.name']), legend`${'v8js.heap.space.name'}`)],
    }),
  ],
};
