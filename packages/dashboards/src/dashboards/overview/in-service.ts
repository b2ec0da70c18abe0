import { inferenceMetrics as metric } from '@modelmeter/core';
import type { Row } from '../../grafana/layout.ts';
import { table } from '../../grafana/table.ts';
import { curve, legend } from '../../grafana/target.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { quantile, sum } from '../../promql/aggregate.ts';
import { share } from '../../promql/operators.ts';
import { rate } from '../../promql/over-time.ts';
import { bucketsOf, counter, countOf, gauge } from '../../promql/select.ts';
import { VERSION } from '../inference/version.ts';
import { drillDown } from '../shipped.ts';

const requests = sum(rate(countOf(metric.inferenceDuration)), VERSION);
const errors = share(sum(rate(counter(metric.inferenceErrors)), VERSION), requests);
const durations = bucketsOf(metric.inferenceDuration);

export const inService: Row = {
  title: 'In service',
  panels: [
    table({
      title: 'Models in service',
      description:
        'Every model and version that is wrapped: its traffic, how much of it fails, how long a request takes. Requests in flight are of all versions of a model.',
      width: 24,
      noValue: 'No model is wrapped',
      labels: { 'ml.model.name': 'Model', 'ml.model.version': 'Version' },
      labelLinks: { Model: drillDown('inference', 'var-model=${__value.raw}') },
      sortBy: 'Requests',
      columns: [
        { title: 'Requests', query: requests, unit: 'reqps', zero: 'No traffic' },
        { title: 'Errors', query: errors, unit: 'percentunit', thresholds: ['green', [0.01, 'orange'], [0.05, 'red']], isColored: true },
        { title: 'p50', query: quantile(0.5, durations, { by: VERSION }), unit: 's', zero: 'No traffic' },
        { title: 'p99', query: quantile(0.99, durations, { by: VERSION }), unit: 's', zero: 'No traffic' },
        { title: 'In flight', query: sum(gauge(metric.inferenceActiveRequests), ['ml.model.name']), unit: 'short' },
      ],
    }),
    timeSeries({
      title: 'Requests',
      description: 'Inference requests that were completed per second, of each model and version.',
      unit: 'reqps',
      min: 0,
      noValue: 'No traffic in this time range',
      targets: [curve(requests, legend`${'ml.model.name'} ${'ml.model.version'}`)],
    }),
    timeSeries({
      title: 'Share of errors',
      description:
        'Share of the requests of each model and version that failed. A version that errs more than the one before it is a release to take back.',
      unit: 'percentunit',
      min: 0,
      noValue: 'No traffic in this time range',
      targets: [curve(errors, legend`${'ml.model.name'} ${'ml.model.version'}`)],
    }),
    timeSeries({
      title: 'Duration, 99th percentile',
      description:
        'What one request in a hundred takes, or longer, of each model and version. Look at its stages, and at the CPU beside it, when it grows.',
      unit: 's',
      min: 0,
      noValue: 'No traffic in this time range',
      targets: [curve(quantile(0.99, durations, { by: VERSION }), legend`${'ml.model.name'} ${'ml.model.version'}`)],
    }),
  ],
};
