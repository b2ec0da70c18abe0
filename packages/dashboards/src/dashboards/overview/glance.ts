import { collectorUp, inferenceMetrics, seriesCount, trainingMetrics } from '@modelmeter/core';
import type { Panel } from '../../grafana/panel.ts';
import { stat } from '../../grafana/single-value.ts';
import { latest } from '../../grafana/target.ts';
import { count, max, quantile, sum } from '../../promql/aggregate.ts';
import { equalTo, multiply, or, share } from '../../promql/operators.ts';
import { rate } from '../../promql/over-time.ts';
import { bucketsOf, counter, countOf, gauge } from '../../promql/select.ts';
import { drillDown } from '../shipped.ts';

const requests = rate(countOf(inferenceMetrics.inferenceDuration));
const series = gauge(seriesCount);

/** Read from afar: is anything wrong? */
export const glance: readonly Panel[] = [
  stat({
    title: 'Processes',
    description: 'Processes that report. Fewer than you run means that some are down, or cannot be reached: see Telemetry health.',
    unit: 'short',
    links: [drillDown('telemetry-health')],
    targets: [latest(count(series))],
  }),
  stat({
    title: 'Runs in progress',
    description: 'Training runs that have begun and not ended, of all models. Click for the runs.',
    unit: 'short',
    zero: 'No run',
    noValue: 'No model in training',
    links: [drillDown('training')],
    targets: [latest(sum(gauge(trainingMetrics.trainingRunActive)))],
  }),
  stat({
    title: 'Requests per second',
    description: 'Inference requests that were completed per second, of all models. Click for models and versions.',
    unit: 'reqps',
    zero: 'No traffic',
    noValue: 'No model in service',
    links: [drillDown('inference')],
    targets: [latest(sum(requests))],
  }),
  stat({
    title: 'Errors',
    description:
      'Share of inference requests that failed, of all models, whatever the type of error. Orange from 1 %, red from 5 %. Click for the types.',
    unit: 'percentunit',
    min: 0,
    noValue: 'No traffic',
    thresholds: ['green', [0.01, 'orange'], [0.05, 'red']],
    links: [drillDown('inference')],
    targets: [latest(share(sum(rate(counter(inferenceMetrics.inferenceErrors))), sum(requests)))],
  }),
  stat({
    title: 'Slowest p99',
    description:
      'The 99th percentile of request duration of the model that has the longest: what one request in a hundred waits. Click for all models.',
    unit: 's',
    min: 0,
    zero: 'No traffic',
    noValue: 'No model in service',
    links: [drillDown('inference')],
    targets: [latest(max(quantile(0.99, bucketsOf(inferenceMetrics.inferenceDuration), { by: ['ml.model.name'] })))],
  }),
  stat({
    title: 'Failing collectors',
    description:
      'Sources of measurements that failed when they were last asked. What they measure is absent meanwhile, never zero. Click to see which.',
    unit: 'short',
    zero: 'None',
    thresholds: ['green', [1, 'red']],
    links: [drillDown('telemetry-health')],
    targets: [latest(or(count(equalTo(gauge(collectorUp), 0)), multiply(count(series), 0)))],
  }),
];
