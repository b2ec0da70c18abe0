import type { Dashboard, Panel } from './dashboard-json.ts';

// Dashboards that keep every rule: what the planted faults are made of.

const datasource = { type: 'prometheus', uid: '${datasource}' };

const filter = 'job=~"$job", instance=~"$instance", ml_model_name=~"$model"';

function queryVariable(name: string, label: string, query: string) {
  return {
    ...{
      name,
      label,
      query,
      definition: query,
      type: 'query',
      datasource,
      refresh: 2,
      sort: 1,
      multi: true,
      includeAll: true,
      allValue: '.*',
    },
    ...{ options: [], current: { selected: true, text: ['All'], value: ['$__all'] } },
  };
}

const templating = {
  list: [
    { name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus' },
    queryVariable('job', 'Job', 'label_values(modelmeter_series, job)'),
    queryVariable('instance', 'Instance', 'label_values(modelmeter_series{job=~"$job"}, instance)'),
    queryVariable('model', 'Model', 'label_values(ml_training_steps_total{job=~"$job", instance=~"$instance"}, ml_model_name)'),
  ],
};

const target = (expr: string, more: object = {}) => ({
  refId: 'A',
  datasource,
  expr,
  legendFormat: '{{ml_model_name}}',
  range: true,
  instant: false,
  ...more,
});

const steps = `sum by (ml_model_name) (rate(ml_training_steps_total{${filter}}[$__rate_interval]))`;
const runs = `sum by (ml_model_name, ml_training_result) (increase(ml_training_runs_total{${filter}}[$__range]))`;
const buckets = `sum by (le) (rate(ml_training_step_duration_seconds_bucket{${filter}}[$__rate_interval]))`;
const progress = `ml_training_progress_ratio{${filter}} unless ml_training_run_end_time_seconds{${filter}}`;

const described = (...metrics: string[]) =>
  `What it shows, why it matters and what to do.\n\nMetric${metrics.length > 1 ? 's' : ''}: ${metrics.map((name) => `\`${name}\``).join(', ')}`;

const panels: readonly Panel[] = [
  {
    id: 1,
    type: 'text',
    title: '',
    gridPos: { x: 0, y: 0, w: 24, h: 2 },
    options: { mode: 'markdown', content: 'How models learn: [docs](https://example.com/docs).' },
  },
  { id: 2, type: 'row', title: 'Speed', collapsed: false, panels: [], gridPos: { x: 0, y: 2, w: 24, h: 1 } },
  {
    ...{
      id: 3,
      type: 'timeseries',
      title: 'Steps',
      description: described('ml_training_steps_total'),
      datasource,
      targets: [target(steps)],
    },
    gridPos: { x: 0, y: 3, w: 12, h: 8 },
    fieldConfig: {
      defaults: { unit: 'ops', min: 0 },
      overrides: [{ matcher: { id: 'byRegexp', options: '/p99/' }, properties: [{ id: 'unit', value: 'ops' }] }],
    },
    options: { legend: { showLegend: true, displayMode: 'table', placement: 'bottom', calcs: [] } },
  },
  {
    ...{ id: 4, type: 'heatmap', title: 'Step time', description: described('ml_training_step_duration_seconds'), datasource },
    targets: [target(buckets, { format: 'heatmap', legendFormat: '{{le}}' })],
    gridPos: { x: 12, y: 3, w: 12, h: 8 },
    fieldConfig: { defaults: { unit: 'ops' }, overrides: [] },
    options: { calculate: false, yAxis: { unit: 's' } },
  },
  {
    ...{ id: 5, type: 'row', title: 'Runs', collapsed: true, gridPos: { x: 0, y: 11, w: 24, h: 1 } },
    panels: [
      {
        ...{
          id: 6,
          type: 'gauge',
          title: 'Progress',
          description: described('ml_training_progress_ratio', 'ml_training_run_end_time_seconds'),
          datasource,
        },
        targets: [target(progress, { legendFormat: '{{ml_model_name}} {{ml_run_id}}', instant: true, range: false })],
        gridPos: { x: 0, y: 12, w: 6, h: 8 },
        fieldConfig: { defaults: { unit: 'percentunit', min: 0, max: 1, noValue: 'No run' }, overrides: [] },
        options: { reduceOptions: { calcs: ['lastNotNull'] } },
      },
      {
        ...{ id: 7, type: 'table', title: 'Results', description: described('ml_training_runs_total'), datasource },
        targets: [target(runs, { format: 'table', instant: true, range: false })],
        gridPos: { x: 6, y: 12, w: 18, h: 8 },
        transformations: [
          {
            id: 'organize',
            options: {
              excludeByName: { Time: true },
              indexByName: { ml_model_name: 0 },
              renameByName: { Value: 'Runs', ml_model_name: 'Model' },
            },
          },
        ],
        fieldConfig: {
          defaults: { unit: 'short' },
          overrides: [
            {
              matcher: { id: 'byName', options: 'Model' },
              properties: [
                {
                  id: 'links',
                  value: [{ title: 'Open', url: `/d/modelmeter-other?\${__url_time_range}&\${__all_variables}`, targetBlank: false }],
                },
              ],
            },
          ],
        },
        options: { showHeader: true, sortBy: [{ displayName: 'Runs', desc: true }] },
      },
    ],
  },
];

const link = (uid: string) => ({
  ...{ type: 'link', title: uid, url: `/d/${uid}`, tooltip: '', icon: 'dashboard', tags: [], asDropdown: false, targetBlank: false },
  ...{ keepTime: true, includeVars: true },
});

export const good: Dashboard = {
  uid: 'modelmeter-good',
  title: 'modelmeter / Good',
  description: 'Keeps all rules.',
  tags: ['modelmeter'],
  schemaVersion: 39,
  editable: false,
  graphTooltip: 1,
  refresh: '30s',
  time: { from: 'now-1h', to: 'now' },
  annotations: {
    list: [
      {
        name: 'Annotations & Alerts',
        builtIn: 1,
        datasource: { type: 'grafana', uid: '-- Grafana --' },
        ...{ enable: true, iconColor: 'blue' },
      },
      {
        ...{
          name: 'Run starts',
          datasource,
          expr: `ml_training_run_start_time_seconds{${filter}} * 1000`,
          titleFormat: '{{ml_model_name}} began',
        },
        ...{ enable: true, iconColor: 'blue' },
      },
    ],
  },
  templating,
  links: [link('modelmeter-other')],
  panels,
};

/** Another one, to which it links. */
export const other: Dashboard = { ...good, uid: 'modelmeter-other', title: 'modelmeter / Other', links: [link('modelmeter-good')] };
