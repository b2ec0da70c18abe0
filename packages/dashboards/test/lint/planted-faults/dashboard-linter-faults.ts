import type { Dashboard } from '../dashboard-json.ts';
import { annotation, defaults, expr, options, panel, query, target, top, variable, variables, without } from '../edits.ts';

const filter = 'job=~"$job", instance=~"$instance", ml_model_name=~"$model"';
const steps = `ml_training_steps_total{${filter}}`;
const loki = (text: string) => target(3, { datasource: { type: 'loki', uid: '${datasource}' }, expr: text });

/** The rules of grafana/dashboard-linter, by their names there. */
export const dashboardLinterFaults: Readonly<Record<string, readonly Dashboard[]>> = {
  // template-datasource-rule
  templateHasDataSource: [
    variables((list) => list.slice(1)),
    variable('datasource', { name: 'source' }),
    variable('datasource', { label: 'Data Source' }),
    variables((list) => [...list, { name: 'loki', label: 'Loki', type: 'datasource', query: 'loki' }]),
  ],
  // template-job-rule
  templateHasJob: [
    variables((list) => list.filter(({ name }) => name !== 'job')),
    ...[{ type: 'custom' }, { datasource: { uid: 'P1' } }, { label: 'job' }, { multi: false }, { allValue: '.+' }].map((change) =>
      variable('job', change),
    ),
  ],
  // template-instance-rule
  templateHasInstance: [
    variables((list) => list.filter(({ name }) => name !== 'instance')),
    ...[{ label: 'instance' }, { includeAll: false }, { allValue: undefined }].map((change) => variable('instance', change)),
  ],
  // template-label-promql-rule
  variableQueryParses: [
    ...['label_values(a b, job)', 'values(up, job)', 'up', 'query_result(sum()'].map((text) => variable('model', { query: text })),
    variable('model', { query: { query: 'label_values(up, job)' } }),
  ],
  // template-on-time-change-reload-rule
  variableFollowsTime: [variable('model', { refresh: 1 }), variable('job', { refresh: undefined })],
  // panel-datasource-rule
  panelUsesDataSourceVariable: [3, 4, 6, 7].flatMap((id) =>
    [undefined, { uid: 'prometheus' }, { uid: '${other}' }].map((datasource) => panel(id, { datasource })),
  ),
  // panel-title-description-rule
  panelHasTitleAndDescription: [3, 4, 6, 7].flatMap((id) => [panel(id, { title: ' ' }), panel(id, { description: '' })]),
  // panel-units-rule
  panelHasUnits: [
    ...[3, 4, 6, 7].map((id) => defaults(id, { unit: 'seconds' })),
    panel(6, { fieldConfig: {} }),
    options(4, { yAxis: {} }),
    panel(3, { fieldConfig: { defaults: { unit: 's' }, overrides: [{ properties: [{ id: 'unit', value: 'count:run' }] }] } }),
  ],
  // panel-no-targets-rule
  panelHasTargets: [...[3, 4, 6, 7].flatMap((id) => [undefined, []].map((targets) => panel(id, { targets }))), panel(1, { targets: [] })],
  // target-promql-rule
  queryParses: [query('sum('), query(''), query('rate(a[5m)'), target(7, { expr: 'a b' }), annotation({ expr: 'a +' })],
  targetReusesExistingPanel: [panel(3, { targets: [{ refId: 'A', panelId: 99 }] })],
  // target-rate-interval-rule
  rangeFollowsResolution: [
    ...['5m', '$__interval', '$__range'].map((range) => query(`rate(${steps}[${range}])`)),
    query(`irate(${steps}[1m])`),
    query(`rate(${steps}[1h:1m])`),
    query(`increase(${steps}[$__interval])`),
    query(`max_over_time(ml_training_loss{${filter}}[$model])`),
    expr(7, '$__range', '$__interval'),
  ],
  // target-job-rule
  queryFiltersJob: [
    expr(3, 'job=~"$job", ', ''),
    expr(4, '=~"$job"', '="$job"'),
    expr(6, 'job=~"$job"', 'job=~"a"'),
    expr(7, 'job=~"$job", ', ''),
    annotation({ expr: 'ml_training_loss{instance=~"$instance"}' }),
    variable('model', { query: 'label_values(ml_training_steps_total{instance=~"$instance"}, ml_model_name)' }),
  ],
  // target-instance-rule
  queryFiltersInstance: [
    expr(3, 'instance=~"$instance", ', ''),
    expr(7, 'instance=~"$instance"', 'instance!~"$instance"'),
    annotation({ expr: 'ml_training_loss{job=~"$job"}' }),
    variable('model', { query: 'label_values(ml_training_steps_total{job=~"$job"}, ml_model_name)' }),
  ],
  // target-counter-agg-rule
  counterIsRated: [
    query(`sum(${steps})`),
    query(steps),
    query('foreign_things_total'),
    query(`max_over_time(${steps}[1h])`),
    query(`deriv(${steps}[1h])`),
    query(`sum by (le) (ml_training_step_duration_seconds_bucket{${filter}})`),
    query(`ml_training_step_duration_seconds_sum{${filter}} / ml_training_step_duration_seconds_count{${filter}}`),
    query(`${steps} unless ${steps}`),
    query(`${steps} unless ml_training_samples_total{${filter}} offset 5m`),
  ],
  // target-logql-rule
  logqlParses: ['{job="a"', 'rate({job="a"} |= "x" [$__auto]', '|= "x"', '{}'].map(loki),
  // target-logql-auto-rule
  logqlRangeIsAuto: [loki('rate({job="a"}[5m])'), loki('sum(rate({job="a"}[$__auto])) / sum(rate({job="b"}[$__interval]))')],
  // uneditable-dashboard
  dashboardIsNotEditable: [top({ editable: true }), without('editable')],
};
