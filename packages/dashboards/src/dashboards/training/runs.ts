import { trainingMetrics as metric } from '@modelmeter/core';
import type { Row } from '../../grafana/layout.ts';
import { barGauge, pieChart } from '../../grafana/single-value.ts';
import { stateTimeline } from '../../grafana/state-timeline.ts';
import { table } from '../../grafana/table.ts';
import { curve, latest, legend } from '../../grafana/target.ts';
import { max, min, sum } from '../../promql/aggregate.ts';
import { amount, occurrences } from '../../promql/occurrences.ts';
import { above, atMostValue, divide, multiply, or, subtract } from '../../promql/operators.ts';
import { overTime } from '../../promql/over-time.ts';
import { counter, countOf, gauge, sumOf } from '../../promql/select.ts';

const RUN = ['ml.model.name', 'ml.run.id'] as const;
const SETTINGS = ['ml.training.result', 'ml.training.optimizer', 'ml.training.batch_size', 'tfjs.backend'] as const;
const RANGE = '$__range';

// Runs whose series have ended are compared too: each value is the last, the least or the largest within the time range.
const start = max(overTime('last', gauge(metric.trainingRunStartTime), RANGE), RUN);
const end = or(
  max(overTime('last', gauge(metric.trainingRunEndTime), RANGE), RUN),
  max(overTime('last', gauge(metric.trainingLastStepTime), RANGE), RUN),
);
const info = or(
  max(overTime('last', gauge(metric.trainingRunInfo, { 'ml.training.result': { matches: '.+' } }), RANGE), [...RUN, ...SETTINGS]),
  max(overTime('last', gauge(metric.trainingRunInfo), RANGE), [...RUN, ...SETTINGS]),
  { on: RUN },
);

export const runs: Row = {
  title: 'Runs',
  panels: [
    table({
      title: 'Runs compared',
      description:
        'Every run of the time range with its settings and what came of it. The duration of a run in progress goes to its last step. Best and last are of the finished epochs within the time range; the loss is the total of all outputs. A run of which Prometheus never saw the end, because its process was killed, has no result.',
      height: 10,
      noValue: 'No run in this time range',
      labels: {
        'ml.model.name': 'Model',
        'ml.run.id': 'Run',
        'ml.training.result': 'Result',
        'ml.training.optimizer': 'Optimizer',
        'ml.training.batch_size': 'Batch size',
        'tfjs.backend': 'Back end',
      },
      sortBy: 'Start',
      columns: [
        { title: 'Info', query: info, unit: 'none', isHidden: true },
        { title: 'Start', query: multiply(start, 1000), unit: 'dateTimeAsIso' },
        { title: 'Duration', query: subtract(end, start), unit: 's' },
        { title: 'Epochs', query: max(overTime('last', gauge(metric.trainingEpoch), RANGE), RUN), unit: 'short' },
        { title: 'Last loss', query: max(lossOf('train'), RUN), unit: 'none' },
        { title: 'Last validation loss', query: max(lossOf('validation'), RUN), unit: 'none' },
        {
          title: 'Best validation loss',
          query: min(overTime('min', gauge(metric.trainingLoss, { 'ml.dataset.split': 'validation', 'ml.output.name': '' }), RANGE), RUN),
          unit: 'none',
        },
        {
          title: 'Last validation accuracy',
          query: max(overTime('last', gauge(metric.trainingAccuracy, { 'ml.dataset.split': 'validation' }), RANGE), RUN),
          unit: 'percentunit',
        },
        {
          title: 'Best validation accuracy',
          query: max(overTime('max', gauge(metric.trainingAccuracy, { 'ml.dataset.split': 'validation' }), RANGE), RUN),
          unit: 'percentunit',
        },
      ],
    }),
    pieChart({
      title: 'Results of runs',
      description:
        'How the runs ended that finished within the time range. Early stopping is a success of its own kind; non-finite, cancelled and failed runs cost time and gave no model.',
      unit: 'short',
      noValue: 'No run ended',
      targets: [
        latest(above(sum(occurrences(counter(metric.trainingRuns), RANGE), ['ml.training.result']), 0), legend`${'ml.training.result'}`),
      ],
    }),
    barGauge({
      title: 'Mean duration of runs',
      description:
        'Mean duration of the runs that ended within the time range, by model and result. Runs that end much sooner than others of their model were broken off.',
      unit: 's',
      min: 0,
      noValue: 'No run ended',
      targets: [
        latest(
          divide(
            sum(amount(sumOf(metric.trainingRunDuration), RANGE), ['ml.model.name', 'ml.training.result']),
            above(sum(occurrences(countOf(metric.trainingRunDuration), RANGE), ['ml.model.name', 'ml.training.result']), 0),
          ),
          legend`${'ml.model.name'} ${'ml.training.result'}`,
        ),
      ],
    }),
    stateTimeline({
      title: 'When models train',
      description: 'When runs of each model were in progress. Gaps between runs are time in which the machine could have trained.',
      unit: 'none',
      width: 8,
      height: 8,
      texts: { '0': { text: 'Idle', color: 'text' }, '1': { text: 'Training', color: 'blue' } },
      targets: [curve(atMostValue(sum(gauge(metric.trainingRunActive), ['ml.model.name']), 1), legend`${'ml.model.name'}`)],
    }),
  ],
};

function lossOf(split: 'train' | 'validation') {
  return overTime('last', gauge(metric.trainingLoss, { 'ml.dataset.split': split, 'ml.output.name': '' }), RANGE);
}
