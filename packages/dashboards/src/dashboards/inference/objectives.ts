import { inferenceMetrics as metric } from '@modelmeter/core';
import type { Row } from '../../grafana/layout.ts';
import { barGauge } from '../../grafana/single-value.ts';
import { table } from '../../grafana/table.ts';
import { curve, latest, legend } from '../../grafana/target.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { max } from '../../promql/aggregate.ts';
import { subtract } from '../../promql/operators.ts';
import { overTime } from '../../promql/over-time.ts';
import { gauge } from '../../promql/select.ts';
import { budgetLeft, burnRate, missedShare } from './objective-queries.ts';

const MODEL = ['ml.model.name'] as const;
const name = legend`${'ml.model.name'}`;
const NONE = 'No model with an objective';
/** Google's SRE workbook: at these rates, over 1 h and 6 h, a page is due, and from 1 on the budget does not last. */
const BURN_RATES = ['green', [1, 'yellow'], [6, 'orange'], [14.4, 'red']] as const;

export const objectives: Row = {
  title: 'Objectives',
  panels: [
    table({
      title: 'Objectives and how they are kept',
      description:
        'What was promised for each model, and what came of it within the time range. Requests miss by being slower than the latency, or by failing in a way that counts. The budget is what the target allows to miss: red when it is overdrawn, orange in its last quarter.',
      height: 6,
      noValue: NONE,
      labels: { 'ml.model.name': 'Model' },
      sortBy: 'Missed',
      columns: [
        { title: 'Latency', query: max(overTime('last', gauge(metric.inferenceObjectiveLatency), '$__range'), MODEL), unit: 's' },
        { title: 'Target', query: max(overTime('last', gauge(metric.inferenceObjectiveTarget), '$__range'), MODEL), unit: 'percentunit' },
        { title: 'Kept', query: subtract<'ml.model.name'>(1, missedShare('$__range')), unit: 'percentunit' },
        { title: 'Missed', query: missedShare('$__range'), unit: 'percentunit' },
        {
          title: 'Budget left',
          query: budgetLeft('$__range'),
          unit: 'percentunit',
          thresholds: ['red', [0, 'orange'], [0.25, 'green']],
          isColored: true,
        },
      ],
    }),
    timeSeries({
      title: 'Share of misses',
      description:
        'Share of the requests that missed the objective, of each model. Compare with errors and with durations above: the one that moved with it is the cause.',
      unit: 'percentunit',
      min: 0,
      noValue: NONE,
      legend: ['lastNotNull', 'mean', 'max'],
      targets: [curve(missedShare('$__rate_interval'), name)],
    }),
    timeSeries({
      title: 'Burn rate',
      description:
        'How many times as fast as the target allows the error budget is used, over the last hour and the last six. The lines: at 1 the budget lasts exactly its period, at 6 over six hours and at 14.4 over one hour somebody is called. With little traffic it is jumpy.',
      unit: 'none',
      min: 0,
      noValue: NONE,
      thresholds: BURN_RATES,
      thresholdLines: true,
      targets: [curve(burnRate('1h'), legend`${'ml.model.name'} 1 h`), curve(burnRate('6h'), legend`${'ml.model.name'} 6 h`)],
    }),
    barGauge({
      title: 'Error budget left',
      description:
        'How much of the allowed misses is left, of the requests of the time range: choose the period of your objective, such as 30 days, to see its budget. Red when overdrawn, orange in the last quarter: stop risky releases.',
      unit: 'percentunit',
      min: 0,
      max: 1,
      noValue: NONE,
      thresholds: ['red', [0, 'orange'], [0.25, 'green']],
      targets: [latest(budgetLeft('$__range'), name)],
    }),
  ],
};
