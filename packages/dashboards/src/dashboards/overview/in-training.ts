import { trainingMetrics as metric } from '@modelmeter/core';
import type { Row } from '../../grafana/layout.ts';
import { table } from '../../grafana/table.ts';
import { curve, legend } from '../../grafana/target.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { max, sum } from '../../promql/aggregate.ts';
import { rate } from '../../promql/over-time.ts';
import { counter, gauge } from '../../promql/select.ts';
import { drillDown } from '../shipped.ts';
import { ofLiveRuns, secondsLeft, secondsSinceLastStep } from '../training/live-runs.ts';

export const inTraining: Row = {
  title: 'In training',
  panels: [
    table({
      title: 'Runs in progress',
      description:
        'Every run that has begun and not ended: how far it is, when it will be done, and whether it still moves. A run without a plan has no progress and no time left.',
      width: 14,
      noValue: 'No run',
      labels: { 'ml.model.name': 'Model', 'ml.run.id': 'Run' },
      labelLinks: { Model: drillDown('training', 'var-model=${__value.raw}') },
      columns: [
        { title: 'Epoch', query: ofLiveRuns(gauge(metric.trainingEpoch)), unit: 'short' },
        { title: 'Progress', query: ofLiveRuns(gauge(metric.trainingProgress)), unit: 'percentunit' },
        { title: 'Time left', query: secondsLeft, unit: 's' },
        {
          title: 'Loss',
          query: ofLiveRuns(gauge(metric.trainingLoss, { 'ml.dataset.split': 'train', 'ml.output.name': '' })),
          unit: 'none',
        },
        {
          title: 'Validation accuracy',
          query: ofLiveRuns(gauge(metric.trainingAccuracy, { 'ml.dataset.split': 'validation' })),
          unit: 'percentunit',
        },
        {
          title: 'Since the last step',
          query: secondsSinceLastStep,
          unit: 's',
          thresholds: ['green', [60, 'orange'], [300, 'red']],
          isColored: true,
        },
      ],
    }),
    timeSeries({
      title: 'Training throughput',
      description: 'Samples trained on per second, of each model. Zero in a run that is in progress means that it waits or hangs.',
      unit: 'short',
      width: 10,
      min: 0,
      noValue: 'No run in this time range',
      targets: [curve(sum(rate(counter(metric.trainingSamples)), ['ml.model.name']), legend`${'ml.model.name'}`)],
    }),
    timeSeries({
      title: 'Validation loss',
      description:
        'Loss on the validation data of each finished epoch, of every run. It should fall, then level off; where it rises again the model overfits.',
      unit: 'none',
      width: 12,
      noValue: 'No run with validation in this time range',
      legend: ['lastNotNull', 'min'],
      targets: [
        curve(
          max(gauge(metric.trainingLoss, { 'ml.dataset.split': 'validation', 'ml.output.name': '' }), ['ml.model.name', 'ml.run.id']),
          legend`${'ml.model.name'} ${'ml.run.id'}`,
        ),
      ],
    }),
    timeSeries({
      title: 'Validation accuracy',
      description: 'Accuracy on the validation data of each finished epoch, of every run of a model that was compiled with an accuracy.',
      unit: 'percentunit',
      width: 12,
      min: 0,
      max: 1,
      noValue: 'No run with an accuracy in this time range',
      targets: [
        curve(
          max(gauge(metric.trainingAccuracy, { 'ml.dataset.split': 'validation' }), ['ml.model.name', 'ml.run.id', 'ml.output.name']),
          legend`${'ml.model.name'} ${'ml.output.name'} ${'ml.run.id'}`,
        ),
      ],
    }),
  ],
};
