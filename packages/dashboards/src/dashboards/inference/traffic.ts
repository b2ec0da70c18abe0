import { inferenceMetrics as metric } from '@modelmeter/core';
import { barChart } from '../../grafana/bar-chart.ts';
import type { Row } from '../../grafana/layout.ts';
import { pieChart } from '../../grafana/single-value.ts';
import { curve, latest, legend } from '../../grafana/target.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { sum } from '../../promql/aggregate.ts';
import { occurrences } from '../../promql/occurrences.ts';
import { share } from '../../promql/operators.ts';
import { rate } from '../../promql/over-time.ts';
import { counter, countOf } from '../../promql/select.ts';
import { VERSION } from './version.ts';

const requests = countOf(metric.inferenceDuration);
const errors = counter(metric.inferenceErrors);

export const traffic: Row = {
  title: 'Traffic and errors',
  panels: [
    timeSeries({
      title: 'Requests',
      description:
        'Requests that ended per second, of each model and version, failed ones included. During a release the new version takes over what the old one loses.',
      unit: 'reqps',
      min: 0,
      legend: ['lastNotNull', 'mean', 'max'],
      targets: [curve(sum(rate(requests), VERSION), legend`${'ml.model.name'} ${'ml.model.version'}`)],
    }),
    timeSeries({
      title: 'Share of errors',
      description:
        'Share of the requests of each model and version that failed. A version that fails more than the one before it is a release to take back; all at once is what they share: a host, a client, the input. The lines are at 1 % and 5 %.',
      unit: 'percentunit',
      min: 0,
      noValue: 'No requests in this time range',
      thresholds: ['green', [0.01, 'orange'], [0.05, 'red']],
      thresholdLines: true,
      legend: ['lastNotNull', 'mean', 'max'],
      targets: [curve(share(sum(rate(errors), VERSION), sum(rate(requests), VERSION)), legend`${'ml.model.name'} ${'ml.model.version'}`)],
    }),
    timeSeries({
      title: 'Errors by type',
      description:
        'Failed requests per second by class of error, stacked. timeout and out_of_memory ask for capacity, invalid_input and cancelled are about the callers, backend and model_not_loaded about what runs the model.',
      unit: 'reqps',
      min: 0,
      draw: 'stack',
      targets: [curve(sum(rate(errors), ['error.type']), legend`${'error.type'}`)],
    }),
    barChart({
      title: 'Errors of the time range by type',
      description:
        'How many requests failed within the time range, by class of error: the longest bar is what to mend first. The messages are in your log, never in metrics.',
      unit: 'short',
      min: 0,
      name: 'Errors',
      by: 'error.type',
      query: sum(occurrences(errors, '$__range'), ['error.type']),
    }),
    pieChart({
      title: 'Requests of the time range by model',
      description: 'Which models the requests of the time range went to. A model that nobody asks any more can be taken out of service.',
      unit: 'short',
      targets: [latest(sum(occurrences(requests, '$__range'), ['ml.model.name']), legend`${'ml.model.name'}`)],
    }),
    pieChart({
      title: 'Requests of the time range by operation',
      description:
        'What the chosen models were asked for within the time range. Operations differ in cost: a shift between them explains durations that changed without a release.',
      unit: 'short',
      targets: [latest(sum(occurrences(requests, '$__range'), ['ml.operation.name']), legend`${'ml.operation.name'}`)],
    }),
  ],
};
