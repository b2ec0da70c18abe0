import { trainingMetrics as metric } from '@modelmeter/core';
import type { Row } from '../../grafana/layout.ts';
import { table } from '../../grafana/table.ts';
import { curve, legend } from '../../grafana/target.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { sum } from '../../promql/aggregate.ts';
import { occurrences } from '../../promql/occurrences.ts';
import { above } from '../../promql/operators.ts';
import { counter, countOf } from '../../promql/select.ts';
import { secondsSinceLastStep } from './live-runs.ts';

export const trouble: Row = {
  title: 'Trouble',
  panels: [
    timeSeries({
      title: 'Non-finite values',
      description:
        'Losses and metrics that were NaN or infinite, when they came; how many, the number at the top tells. Lower the learning rate, clip gradients, look for logarithms of zero and divisions in a loss of your own, and check the inputs. onNonFinite can stop the run at the first.',
      unit: 'short',
      min: 0,
      draw: 'bars',
      legend: ['max'],
      targets: [
        curve(
          sum(occurrences(counter(metric.trainingNonFinite), '$__rate_interval'), ['ml.model.name', 'ml.dataset.split', 'ml.metric.name']),
          legend`${'ml.model.name'} ${'ml.dataset.split'} ${'ml.metric.name'}`,
        ),
      ],
    }),
    timeSeries({
      title: 'Since the last step',
      description:
        'Time since each run in progress finished a step. A saw-tooth is normal, as validation and checkpoints lie between steps; a line that only climbs is a run that hangs.',
      unit: 's',
      min: 0,
      noValue: 'No run in this time range',
      thresholds: ['green', [300, 'red']],
      thresholdLines: true,
      legend: ['lastNotNull', 'max'],
      targets: [curve(secondsSinceLastStep, legend`${'ml.model.name'} ${'ml.run.id'}`)],
    }),
    table({
      title: 'Runs that failed',
      description:
        'Runs of the time range that gave no model, by what went wrong. The type is the class of the error, never its message: that is in your log.',
      width: 8,
      noValue: 'None',
      labels: { 'ml.model.name': 'Model', 'ml.training.result': 'Result', 'error.type': 'Error' },
      columns: [
        {
          title: 'Runs',
          unit: 'short',
          query: above(
            sum(
              occurrences(
                countOf(metric.trainingRunDuration, { 'ml.training.result': { matches: 'failure|non_finite|cancelled' } }),
                '$__range',
              ),
              ['ml.model.name', 'ml.training.result', 'error.type'],
            ),
            0,
          ),
        },
      ],
    }),
  ],
};
