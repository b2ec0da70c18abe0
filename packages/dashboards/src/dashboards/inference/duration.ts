import { inferenceMetrics as metric } from '@modelmeter/core';
import { heatMap } from '../../grafana/heat-map.ts';
import type { Row } from '../../grafana/layout.ts';
import { repeatFor } from '../../grafana/repeat.ts';
import { curve, legend } from '../../grafana/target.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { bucketRates, quantile } from '../../promql/aggregate.ts';
import { mean } from '../../promql/mean.ts';
import { bucketsOf } from '../../promql/select.ts';
import { percentiles } from './percentiles.ts';
import { VERSION } from './version.ts';

const durations = bucketsOf(metric.inferenceDuration);
const BY = [...VERSION, 'ml.timing'] as const;
const name = legend`${'ml.model.name'} ${'ml.model.version'} ${'ml.timing'}`;
const OPERATION = ['ml.model.name', 'ml.operation.name', 'ml.timing'] as const;
const common = { unit: 's', min: 0, noValue: 'No requests in this time range', legend: ['lastNotNull', 'min', 'mean', 'max'] } as const;

export const duration: Row = {
  title: 'Duration',
  panels: [
    timeSeries({
      ...common,
      title: 'Percentiles',
      description:
        'What half of the requests, one in ten and one in a hundred exceed, failed ones included. If the 99th percentile leaves the median behind, some requests wait: see queue, garbage collection and throttling. It is as exact as the buckets of the model are narrow. "dispatch" means that only handing work to a device was measured.',
      width: 12,
      legend: ['lastNotNull', 'max'],
      targets: percentiles(durations, BY, name),
    }),
    timeSeries({
      ...common,
      title: 'Mean',
      description:
        'Mean duration of a request, of each model and version. It is exact, unlike percentiles, but hides the few that wait long. Compare versions after a release.',
      width: 12,
      targets: [curve(mean(metric.inferenceDuration, BY), name)],
    }),
    timeSeries({
      ...common,
      title: 'p99 by operation',
      description:
        'What one request in a hundred exceeds, of each model and operation. If the operations of a model have buckets of their own, this is right where the percentiles of the model as a whole are not.',
      width: 12,
      targets: [curve(quantile(0.99, durations, { by: OPERATION }), legend`${'ml.model.name'} ${'ml.operation.name'} ${'ml.timing'}`)],
    }),
    timeSeries({
      ...common,
      title: 'p90 by outcome',
      description:
        'What one request in ten exceeds, of those that succeeded and of those that failed. Failures at a steady, high value are timeouts; failures that are fast pull the percentiles of all requests down and hide slow successes.',
      width: 12,
      targets: [
        curve(
          quantile(0.9, bucketsOf(metric.inferenceDuration, { 'error.type': '' }), { by: ['ml.model.name', 'ml.timing'] }),
          legend`${'ml.model.name'} ${'ml.timing'} succeeded`,
        ),
        curve(
          quantile(0.9, bucketsOf(metric.inferenceDuration, { 'error.type': { not: '' } }), { by: ['ml.model.name', 'ml.timing'] }),
          legend`${'ml.model.name'} ${'ml.timing'} failed`,
        ),
      ],
    }),
    repeatFor(
      'model',
      heatMap({
        title: 'Spread of durations: $model',
        description:
          'How many requests took how long; one panel for each chosen model, because models may have buckets of their own. Two bands are two kinds of requests, such as hits and misses of a cache; a band that moves up is a change for all.',
        unit: 's',
        noValue: 'No requests in this time range',
        buckets: bucketRates(durations),
      }),
    ),
  ],
};
