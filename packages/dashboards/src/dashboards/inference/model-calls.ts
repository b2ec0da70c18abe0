import { inferenceMetrics as metric } from '@modelmeter/core';
import type { Row } from '../../grafana/layout.ts';
import { curve, legend } from '../../grafana/target.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { sum } from '../../promql/aggregate.ts';
import { mean } from '../../promql/mean.ts';
import { rate } from '../../promql/over-time.ts';
import { bucketsOf, countOf } from '../../promql/select.ts';
import { percentiles } from './percentiles.ts';

const METHOD = ['ml.model.name', 'ml.model.method', 'ml.timing'] as const;
const name = legend`${'ml.model.name'} ${'ml.model.method'} ${'ml.timing'}`;
const NO_CALLS = 'No call of an instrumented model';

export const modelCalls: Row = {
  title: 'Model calls',
  panels: [
    timeSeries({
      title: 'Calls',
      description:
        'Calls of methods of instrumented models per second. More calls than requests means that requests are split; fewer, that they are batched or answered from a cache.',
      unit: 'ops',
      min: 0,
      noValue: NO_CALLS,
      targets: [curve(sum(rate(countOf(metric.modelCallDuration)), METHOD), name)],
    }),
    timeSeries({
      title: 'Mean time of a call',
      description:
        'Mean time that a call of a method took. "dispatch" covers only handing the work to an asynchronous device, so that it says little of how long the device computes. What a request takes beyond this is your own code around the model.',
      unit: 's',
      min: 0,
      noValue: NO_CALLS,
      targets: [curve(mean(metric.modelCallDuration, METHOD), name)],
    }),
    timeSeries({
      title: 'Percentiles of calls',
      description:
        'What half of the calls, one in ten and one in a hundred exceed. If calls are steady while requests are not, the waiting lies outside the model: see Stages.',
      unit: 's',
      min: 0,
      noValue: NO_CALLS,
      targets: percentiles(bucketsOf(metric.modelCallDuration), METHOD, name),
    }),
  ],
};
