import { trainingMetrics as metric } from '@modelmeter/core';
import type { Panel } from '../../grafana/panel.ts';
import { stat } from '../../grafana/single-value.ts';
import { latest } from '../../grafana/target.ts';
import { max, min, sum } from '../../promql/aggregate.ts';
import { above } from '../../promql/operators.ts';
import { occurrences } from '../../promql/occurrences.ts';
import { rate } from '../../promql/over-time.ts';
import { counter, gauge } from '../../promql/select.ts';
import { ofLiveRuns, secondsLeft, secondsSinceLastStep } from './live-runs.ts';

/** What is under way, to be read from afar. */
export const now: readonly Panel[] = [
  stat({
    title: 'Runs in progress',
    description: 'Training runs that have begun and not ended. One that hangs is still in progress: the time since the last step tells.',
    unit: 'short',
    zero: 'No run',
    targets: [latest(sum(gauge(metric.trainingRunActive)))],
  }),
  stat({
    title: 'Progress',
    description:
      'Steps done of the steps planned, of each run in progress. A run without a plan, on a dataset of unknown length, has none.',
    unit: 'percentunit',
    min: 0,
    max: 1,
    noValue: 'No run',
    targets: [latest(min(ofLiveRuns(gauge(metric.trainingProgress))))],
  }),
  stat({
    title: 'Time left',
    description:
      'How long the run that takes longest still needs if it goes on as it did since its start. Early epochs, with their compilation, make it pessimistic.',
    unit: 's',
    noValue: 'No run',
    targets: [latest(max(above(secondsLeft, 0)))],
  }),
  stat({
    title: 'Since the last step',
    description:
      'Time since the slowest run in progress finished a step. Orange after a minute, red after five: the run hangs, waits for data, validates for long, or its process is blocked. Look at where the time goes.',
    unit: 's',
    min: 0,
    noValue: 'No run',
    thresholds: ['green', [60, 'orange'], [300, 'red']],
    targets: [latest(max(secondsSinceLastStep))],
  }),
  stat({
    title: 'Throughput',
    description:
      'Samples trained on per second, all runs together. It is right on asynchronous devices too, because it is counted over wall time.',
    unit: 'short',
    zero: 'No run',
    targets: [latest(sum(rate(counter(metric.trainingSamples))))],
  }),
  stat({
    title: 'Non-finite values',
    description:
      'Losses and metrics that were NaN or infinite within the time range. One is too many: the run learns nothing from there on. See Trouble below.',
    unit: 'short',
    zero: 'None',
    thresholds: ['green', [1, 'red']],
    targets: [latest(sum(occurrences(counter(metric.trainingNonFinite), '$__range')))],
  }),
];
