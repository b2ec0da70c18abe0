import { trainingMetrics as metric } from '@modelmeter/core';
import type { Row } from '../../grafana/layout.ts';
import { gaugePanel, pieChart } from '../../grafana/single-value.ts';
import { curve, latest, legend } from '../../grafana/target.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { sum } from '../../promql/aggregate.ts';
import { above, divide, share } from '../../promql/operators.ts';
import { amount } from '../../promql/occurrences.ts';
import { rate } from '../../promql/over-time.ts';
import { counter } from '../../promql/select.ts';

const NO_TIME = 'No run, or a device that is not waited for';
const activity = (name: 'compute' | 'data_wait') => counter(metric.trainingTime, { 'ml.training.activity': name });

export const time: Row = {
  title: 'Where the time goes',
  panels: [
    timeSeries({
      title: 'Share of time by activity',
      description:
        'What the wall time of runs is spent on; the parts add up to all of it. Much data_wait: read ahead, decode in workers, cache. Much validation: validate less often. Much callback: see what your callbacks do. Absent on devices that are not waited for; the probe deviceTime() makes it known there.',
      unit: 'percentunit',
      width: 12,
      min: 0,
      max: 1,
      draw: 'stack',
      noValue: NO_TIME,
      legend: ['lastNotNull', 'mean'],
      targets: [
        curve(
          divide(sum(rate(counter(metric.trainingTime)), ['ml.training.activity']), above(sum(rate(counter(metric.trainingTime))), 0), {
            on: [],
            groupLeft: [],
          }),
          legend`${'ml.training.activity'}`,
        ),
      ],
    }),
    pieChart({
      title: 'Time by activity',
      description: 'Seconds that all runs of the time range have spent on each activity.',
      unit: 's',
      width: 6,
      noValue: NO_TIME,
      targets: [latest(sum(amount(counter(metric.trainingTime), '$__range'), ['ml.training.activity']), legend`${'ml.training.activity'}`)],
    }),
    gaugePanel({
      title: 'Goodput',
      description:
        'Share of the wall time of runs, within the time range, in which the model computed. Below one half (red) more time is lost than used; above 80 % (green) there is little to gain outside the model itself.',
      unit: 'percentunit',
      width: 6,
      height: 8,
      min: 0,
      max: 1,
      noValue: NO_TIME,
      thresholds: ['red', [0.5, 'orange'], [0.8, 'green']],
      targets: [
        latest(
          share(
            sum(amount(activity('compute'), '$__range'), ['ml.model.name']),
            sum(amount(counter(metric.trainingTime), '$__range'), ['ml.model.name']),
          ),
          legend`${'ml.model.name'}`,
        ),
      ],
    }),
    timeSeries({
      title: 'Waiting for data',
      description:
        'Share of the wall time in which fitDataset waited for its dataset, of each model. Above 30 % (the line) the data source is what limits training: read ahead, decode in workers, or keep the data in memory. fit on tensors never waits.',
      unit: 'percentunit',
      width: 12,
      min: 0,
      max: 1,
      noValue: NO_TIME,
      thresholds: ['green', [0.3, 'red']],
      thresholdLines: true,
      targets: [
        curve(
          share(sum(rate(activity('data_wait')), ['ml.model.name']), sum(rate(counter(metric.trainingTime)), ['ml.model.name'])),
          legend`${'ml.model.name'}`,
        ),
      ],
    }),
    timeSeries({
      title: 'Goodput over time',
      description: 'Share of the wall time in which the model computed, of each model. Dips are validation, checkpoints, or waiting.',
      unit: 'percentunit',
      width: 12,
      min: 0,
      max: 1,
      noValue: NO_TIME,
      legend: ['lastNotNull', 'mean', 'min'],
      targets: [
        curve(
          share(sum(rate(activity('compute')), ['ml.model.name']), sum(rate(counter(metric.trainingTime)), ['ml.model.name'])),
          legend`${'ml.model.name'}`,
        ),
      ],
    }),
  ],
};
