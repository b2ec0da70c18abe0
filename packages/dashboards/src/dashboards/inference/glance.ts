import { inferenceMetrics as metric } from '@modelmeter/core';
import type { Panel } from '../../grafana/panel.ts';
import { stat } from '../../grafana/single-value.ts';
import { latest } from '../../grafana/target.ts';
import { max, min, quantile, sum } from '../../promql/aggregate.ts';
import { share, subtract } from '../../promql/operators.ts';
import { rate } from '../../promql/over-time.ts';
import { bucketsOf, counter, countOf, gauge } from '../../promql/select.ts';
import { drillDown } from '../shipped.ts';
import { budgetLeft, missedShare } from './objective-queries.ts';

const requests = sum(rate(countOf(metric.inferenceDuration)));
const NO_OBJECTIVE = 'No requests with an objective';

/** Is anybody served, and as well as was promised? */
export const glance: readonly Panel[] = [
  stat({
    title: 'Requests per second',
    description:
      'Inference requests that ended per second, failed ones included. No traffic, although there should be some, is a fault before the models: look at the callers.',
    unit: 'reqps',
    zero: 'No traffic',
    links: [drillDown('telemetry-health')],
    targets: [latest(requests)],
  }),
  stat({
    title: 'Errors',
    description:
      'Share of the requests that failed, whatever the type of error. Orange from one in a hundred, red from one in twenty. The types are below.',
    unit: 'percentunit',
    min: 0,
    noValue: 'No requests seen',
    thresholds: ['green', [0.01, 'orange'], [0.05, 'red']],
    targets: [latest(share(sum(rate(counter(metric.inferenceErrors))), requests))],
  }),
  stat({
    title: 'Slowest p99',
    description:
      'What one request in a hundred exceeds, at the model for which that is longest. Click for the resources behind it; the other models are under Duration.',
    unit: 's',
    min: 0,
    noValue: 'No requests seen',
    links: [drillDown('resources')],
    targets: [latest(max(quantile(0.99, bucketsOf(metric.inferenceDuration), { by: ['ml.model.name', 'ml.timing'] })))],
  }),
  stat({
    title: 'In flight',
    description:
      'Requests that have begun and not ended, of all chosen models, whatever their version. If it grows while the traffic does not, requests pile up or hang.',
    unit: 'short',
    links: [drillDown('resources')],
    targets: [latest(sum(gauge(metric.inferenceActiveRequests)))],
  }),
  stat({
    title: 'Objective kept',
    description:
      'Share of the requests of the time range that met their objective, at the model that kept it least. It has no colours, as targets differ: whether it is enough, the error budget beside it tells.',
    unit: 'percentunit',
    noValue: NO_OBJECTIVE,
    targets: [latest(min(subtract<'ml.model.name'>(1, missedShare('$__range'))))],
  }),
  stat({
    title: 'Error budget left',
    description:
      'How much of the misses that the target allows is left, of the requests of the time range, at the model that has least. Red when more missed than are allowed, orange from the last quarter: ship nothing risky then.',
    unit: 'percentunit',
    max: 1,
    noValue: NO_OBJECTIVE,
    thresholds: ['red', [0, 'orange'], [0.25, 'green']],
    targets: [latest(min(budgetLeft('$__range')))],
  }),
];
