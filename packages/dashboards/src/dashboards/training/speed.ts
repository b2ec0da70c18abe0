import { trainingMetrics as metric } from '@modelmeter/core';
import { heatMap } from '../../grafana/heat-map.ts';
import type { Row } from '../../grafana/layout.ts';
import { curve, legend } from '../../grafana/target.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { bucketRates, quantile, sum } from '../../promql/aggregate.ts';
import { mean } from '../../promql/mean.ts';
import { rate } from '../../promql/over-time.ts';
import { bucketsOf, counter } from '../../promql/select.ts';

const steps = bucketsOf(metric.trainingStepDuration);
const STEP = ['ml.model.name', 'ml.timing'] as const;
const NO_STEPS = 'No steps in this time range';

export const speed: Row = {
  title: 'Speed',
  panels: [
    timeSeries({
      title: 'Step time',
      description:
        'Duration of a training step, without validation and without the first step of a run. A 99th percentile far above the median is jitter: garbage collection, a busy host, uneven batches. "dispatch" means that only handing the step to the device was measured.',
      unit: 's',
      min: 0,
      noValue: NO_STEPS,
      targets: [
        curve(quantile(0.5, steps, { by: STEP }), legend`p50 ${'ml.model.name'} ${'ml.timing'}`),
        curve(quantile(0.9, steps, { by: STEP }), legend`p90 ${'ml.model.name'} ${'ml.timing'}`),
        curve(quantile(0.99, steps, { by: STEP }), legend`p99 ${'ml.model.name'} ${'ml.timing'}`),
        curve(mean(metric.trainingStepDuration, ['ml.model.name']), legend`mean ${'ml.model.name'}`),
      ],
    }),
    heatMap({
      title: 'Spread of step time',
      description:
        'How many steps of the chosen models took how long. Two bands are two kinds of steps: batches of two sizes, or a host that is busy now and then.',
      unit: 's',
      width: 8,
      noValue: NO_STEPS,
      buckets: bucketRates(steps),
    }),
    timeSeries({
      title: 'Throughput',
      description:
        'Samples trained on per second. When it falls while the step time does not, time is lost between steps: see where the time goes.',
      unit: 'short',
      min: 0,
      noValue: NO_STEPS,
      targets: [curve(sum(rate(counter(metric.trainingSamples)), ['ml.model.name']), legend`${'ml.model.name'}`)],
    }),
    timeSeries({
      title: 'Steps per second',
      description: 'Training steps finished per second, of each model. Zero in a run that is in progress means that it waits or hangs.',
      unit: 'ops',
      min: 0,
      noValue: NO_STEPS,
      targets: [curve(sum(rate(counter(metric.trainingSteps)), ['ml.model.name']), legend`${'ml.model.name'}`)],
    }),
    timeSeries({
      title: 'Epoch time',
      description:
        'Mean duration of an epoch, validation included. Growth over a run hints at a leak, or at a callback that does more and more.',
      unit: 's',
      min: 0,
      noValue: 'No epoch ended in this time range',
      targets: [curve(mean(metric.trainingEpochDuration, ['ml.model.name']), legend`${'ml.model.name'}`)],
    }),
  ],
};
