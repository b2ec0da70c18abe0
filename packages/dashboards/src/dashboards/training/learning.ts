import { trainingMetrics as metric } from '@modelmeter/core';
import type { Row } from '../../grafana/layout.ts';
import { curve, legend } from '../../grafana/target.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { gauge } from '../../promql/select.ts';

const NO_RUN = 'No run in this time range';

export const learning: Row = {
  title: 'Learning',
  panels: [
    timeSeries({
      title: 'Loss',
      description:
        'Loss of each finished epoch, on the training and the validation data. Validation rising while training falls is overfitting: stop earlier or regularise. Both flat from the start: the learning rate is too low, or the labels do not fit the inputs.',
      unit: 'none',
      width: 12,
      height: 9,
      noValue: NO_RUN,
      legend: ['lastNotNull', 'min'],
      targets: [curve(gauge(metric.trainingLoss), legend`${'ml.model.name'} ${'ml.dataset.split'} ${'ml.output.name'} ${'ml.run.id'}`)],
    }),
    timeSeries({
      title: 'Accuracy',
      description:
        'Share of examples that were classified rightly, of each finished epoch. A wide gap between training and validation is overfitting. Only models that were compiled with an accuracy have it.',
      unit: 'percentunit',
      width: 12,
      height: 9,
      min: 0,
      max: 1,
      noValue: 'No run with an accuracy in this time range',
      targets: [curve(gauge(metric.trainingAccuracy), legend`${'ml.model.name'} ${'ml.dataset.split'} ${'ml.output.name'} ${'ml.run.id'}`)],
    }),
    timeSeries({
      title: 'Loss of batches',
      description:
        'Loss of a batch, sampled at most once a second: what happens within an epoch. It is noisier than the loss of epochs; a sudden jump points at a bad batch or too high a learning rate.',
      unit: 'none',
      noValue: NO_RUN,
      legend: ['lastNotNull', 'min'],
      targets: [curve(gauge(metric.trainingBatchLoss), legend`${'ml.model.name'} ${'ml.run.id'}`)],
    }),
    timeSeries({
      title: 'Learning rate',
      description:
        'Learning rate as the optimizer applies it, on a logarithmic scale. Compare its steps with the loss: a schedule that comes too early freezes learning.',
      unit: 'sci',
      scale: 'log',
      noValue: NO_RUN,
      legend: ['lastNotNull'],
      targets: [curve(gauge(metric.trainingLearningRate), legend`${'ml.model.name'} ${'ml.run.id'}`)],
    }),
    timeSeries({
      title: 'Other metrics',
      description: 'Every other metric that the model was compiled with, of each finished epoch, on the training and the validation data.',
      unit: 'none',
      noValue: 'No other metrics compiled',
      legend: ['lastNotNull', 'min', 'max'],
      targets: [
        curve(
          gauge(metric.trainingMetric),
          legend`${'ml.metric.name'} ${'ml.model.name'} ${'ml.dataset.split'} ${'ml.output.name'} ${'ml.run.id'}`,
        ),
      ],
    }),
    timeSeries({
      title: 'Epochs',
      description:
        'Epochs finished, counted from the first of the model. A line that is flat for long is a slow epoch or a run that hangs.',
      unit: 'short',
      noValue: NO_RUN,
      legend: ['lastNotNull'],
      targets: [curve(gauge(metric.trainingEpoch), legend`${'ml.model.name'} ${'ml.run.id'}`)],
    }),
    timeSeries({
      title: 'Progress',
      description: 'Steps done of the steps planned. The slope is the speed: a bend means that steps became slower.',
      unit: 'percentunit',
      min: 0,
      max: 1,
      noValue: 'No run with a plan in this time range',
      legend: ['lastNotNull'],
      targets: [curve(gauge(metric.trainingProgress), legend`${'ml.model.name'} ${'ml.run.id'}`)],
    }),
    timeSeries({
      title: 'Epochs without improvement',
      description:
        'Epochs since the monitored value last improved, by the rules of EarlyStopping. Where it only climbs, further training is wasted. It is there with the probe improvement().',
      unit: 'short',
      noValue: 'Needs the probe improvement()',
      legend: ['lastNotNull', 'max'],
      targets: [curve(gauge(metric.trainingEpochsWithoutImprovement), legend`${'ml.model.name'} ${'ml.run.id'}`)],
    }),
  ],
};
