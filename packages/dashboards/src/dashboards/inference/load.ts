import { inferenceMetrics as metric } from '@modelmeter/core';
import type { Row } from '../../grafana/layout.ts';
import { curve, legend } from '../../grafana/target.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { max, quantile, sum } from '../../promql/aggregate.ts';
import { mean } from '../../promql/mean.ts';
import { overTime, rate } from '../../promql/over-time.ts';
import { bucketsOf, gauge, sumOf } from '../../promql/select.ts';
import { VERSION } from './version.ts';

const MODEL = ['ml.model.name'] as const;
const active = gauge(metric.inferenceActiveRequests);
const queue = gauge(metric.inferenceQueueSize);
const NO_BATCHES = 'No requests, or batchSize is not given';

export const load: Row = {
  title: 'Load',
  panels: [
    timeSeries({
      title: 'In flight',
      description:
        'Requests that have begun and not ended: of all instances together, and the most that one instance had. Far apart, the load is spread unevenly; growth at the same traffic means that requests take longer or hang.',
      unit: 'short',
      min: 0,
      targets: [
        curve(sum(active, MODEL), legend`${'ml.model.name'} all instances`),
        curve(
          max(sum(overTime('max', active, '$__rate_interval'), ['ml.model.name', 'job', 'instance']), MODEL),
          legend`${'ml.model.name'} busiest instance`,
        ),
      ],
    }),
    timeSeries({
      title: 'Queue',
      description:
        'Requests that wait for a place in a batch: of all instances together, and the most that one instance had. A queue that does not empty needs more instances, or larger batches if the device has room.',
      unit: 'short',
      min: 0,
      noValue: 'No queue is measured',
      targets: [
        curve(sum(queue, MODEL), legend`${'ml.model.name'} all instances`),
        curve(max(overTime('max', queue, '$__rate_interval'), MODEL), legend`${'ml.model.name'} busiest instance`),
      ],
    }),
    timeSeries({
      title: 'Samples per second',
      description:
        'Samples in the requests per second, of each model and version: the work that is really done. Requests may bring few or many.',
      unit: 'short',
      min: 0,
      noValue: NO_BATCHES,
      targets: [curve(sum(rate(sumOf(metric.inferenceBatchSize)), VERSION), legend`${'ml.model.name'} ${'ml.model.version'}`)],
    }),
    timeSeries({
      title: 'Batch size',
      description:
        'Samples of a request: the mean, and what one request in ten exceeds. Small batches leave a GPU idle; large ones make everybody in them wait. It explains durations that changed without a release.',
      unit: 'short',
      min: 0,
      width: 12,
      noValue: NO_BATCHES,
      targets: [
        curve(mean(metric.inferenceBatchSize, VERSION), legend`mean ${'ml.model.name'} ${'ml.model.version'}`),
        curve(quantile(0.9, bucketsOf(metric.inferenceBatchSize), { by: VERSION }), legend`p90 ${'ml.model.name'} ${'ml.model.version'}`),
      ],
    }),
    timeSeries({
      title: 'In flight by instance',
      description:
        'Requests in flight in each instance, all chosen models together. One line above the others is an instance that is slower, or gets more than its share.',
      unit: 'short',
      min: 0,
      width: 12,
      targets: [curve(sum(active, ['job', 'instance']), legend`${'job'} ${'instance'}`)],
    }),
  ],
};
