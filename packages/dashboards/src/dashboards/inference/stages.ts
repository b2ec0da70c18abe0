import { inferenceMetrics as metric } from '@modelmeter/core';
import type { Row } from '../../grafana/layout.ts';
import { repeatFor } from '../../grafana/repeat.ts';
import { pieChart } from '../../grafana/single-value.ts';
import { curve, latest, legend } from '../../grafana/target.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { quantile, sum } from '../../promql/aggregate.ts';
import { mean } from '../../promql/mean.ts';
import { amount } from '../../promql/occurrences.ts';
import { bucketsOf, sumOf } from '../../promql/select.ts';

const STAGE = ['ml.model.name', 'ml.inference.stage'] as const;
const name = legend`${'ml.model.name'} ${'ml.inference.stage'}`;
const common = { unit: 's', min: 0, noValue: 'No stage was measured in this time range' } as const;

export const stages: Row = {
  title: 'Stages',
  panels: [
    timeSeries({
      ...common,
      title: 'p90 of stages',
      description:
        'What one run in ten of each stage exceeds. A stage that is usually fast and now and then slow is where percentiles of the whole request come from.',
      width: 12,
      targets: [curve(quantile(0.9, bucketsOf(metric.inferenceStageDuration), { by: STAGE }), name)],
    }),
    pieChart({
      ...common,
      title: 'Time of the time range by stage',
      description:
        'All the time within the range that requests spent in each stage: where an improvement pays most. Stages that lie within others are counted in both.',
      width: 12,
      targets: [latest(sum(amount(sumOf(metric.inferenceStageDuration), '$__range'), STAGE), name)],
    }),
    repeatFor(
      'model',
      timeSeries({
        ...common,
        title: 'Where a request spends its time: $model',
        description:
          'Mean time of a run of each stage, stacked; one panel for each chosen model. The stack is the time of a request if each stage runs once in it and after another: stages may lie within others, run side by side or several times. Versions of a model are not told apart here.',
        draw: 'stack',
        legend: ['lastNotNull', 'mean', 'max'],
        targets: [curve(mean(metric.inferenceStageDuration, ['ml.inference.stage']), legend`${'ml.inference.stage'}`)],
      }),
    ),
  ],
};
