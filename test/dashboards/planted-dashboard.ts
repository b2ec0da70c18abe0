import { expect } from 'vitest';
import type { DashboardModel } from './dashboard-model.ts';

/** A dashboard with faults of every kind among queries that are right. */
export const PLANTED: DashboardModel = {
  uid: 'planted',
  title: 'Planted',
  templating: {
    list: [
      { name: 'datasource', type: 'datasource', query: 'prometheus' },
      { name: 'job', type: 'query', query: 'label_values(up, job)', multi: true, includeAll: true, allValue: '.*' },
      { name: 'model', type: 'query', query: { query: 'label_values(ml_training_runs_total{job=~"$job"}, ml_model_name)' }, multi: true },
      { name: 'up', type: 'query', query: 'query_result(up{job=~"$job"})' },
    ],
  },
  annotations: {
    list: [
      { name: 'Grafana’s own', datasource: '-- Grafana --' },
      { name: 'gone', expr: 'ml_gone_info' },
    ],
  },
  panels: [
    { type: 'text', title: 'no query' },
    {
      type: 'timeseries',
      title: 'right',
      targets: [
        { refId: 'A', expr: 'sum(rate(ml_inference_duration_seconds_count{job=~"$job"}[$__rate_interval]))' },
        { refId: 'B', expr: 'sum(increase(ml_training_runs_total{ml_model_name=~"$model"}[$__range]))', instant: true },
        { refId: 'C', expr: 'time()' },
        { refId: 'D', expr: 'sum_over_time(up[${__range_s}s])', interval: '5s' },
      ],
    },
    {
      type: 'row',
      title: 'collapsed',
      panels: [
        {
          type: 'stat',
          title: 'wrong',
          targets: [
            { refId: 'A', expr: 'ml_training_typo' },
            { refId: 'B', expr: '0 * up / 0', instant: true },
            { refId: 'C', expr: 'sum(up' },
            { refId: 'D', expr: 'up{job="$nobody"}' },
          ],
        },
      ],
    },
  ],
};

export const PLANTED_PROBLEMS = {
  'planted / wrong (stat) / A': 'empty',
  // VictoriaMetrics leaves NaN out.
  'planted / wrong (stat) / B': expect.stringMatching(/^(NaN alone|empty)$/) as string,
  'planted / wrong (stat) / C': expect.stringContaining('refuses sum(up') as string,
  'planted / wrong (stat) / D': 'Error: $nobody stands for nothing',
  'planted / gone (annotation) / Anno': 'empty',
};
