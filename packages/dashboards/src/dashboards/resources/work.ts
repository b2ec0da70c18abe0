import { inferenceMetrics, trainingMetrics } from '@modelmeter/core';
import type { Row } from '../../grafana/layout.ts';
import { curve, legend } from '../../grafana/target.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { sum } from '../../promql/aggregate.ts';
import { rate } from '../../promql/over-time.ts';
import { counter, countOf, gauge } from '../../promql/select.ts';
import { drillDown } from '../shipped.ts';
import { TARGET, targetName } from '../target.ts';

export const stepsPerSecond = sum(rate(counter(trainingMetrics.trainingSteps)), TARGET);
export const requestsPerSecond = sum(rate(countOf(inferenceMetrics.inferenceDuration)), TARGET);

/** What the resources below are used for: the same instances at the same times. */
export const work: Row = {
  title: 'What they are used for',
  panels: [
    timeSeries({
      title: 'Training steps',
      description:
        'Training steps per second of each instance. If it falls while CPU and GPU fall with it, the run waits: for data, a disk or a lock. If it falls while they rise, something else takes them.',
      unit: 'ops',
      min: 0,
      noValue: 'Nothing is trained',
      links: [drillDown('training')],
      targets: [curve(stepsPerSecond, targetName)],
    }),
    timeSeries({
      title: 'Inference requests',
      description:
        'Inference requests per second of each instance. CPU that grows while this does not is a request that became dearer: a new version, larger batches.',
      unit: 'reqps',
      min: 0,
      noValue: 'Nothing is served',
      links: [drillDown('inference')],
      targets: [curve(requestsPerSecond, targetName)],
    }),
    timeSeries({
      title: 'Runs and requests in progress',
      description:
        'Training runs and inference requests in progress in each instance. A run beside requests in one process makes the requests wait: train elsewhere.',
      unit: 'short',
      min: 0,
      noValue: 'Nothing is trained or served',
      targets: [
        curve(sum(gauge(trainingMetrics.trainingRunActive), TARGET), legend`${'job'} ${'instance'} runs`),
        curve(sum(gauge(inferenceMetrics.inferenceActiveRequests), TARGET), legend`${'job'} ${'instance'} requests`),
      ],
    }),
  ],
};
