import type { Dashboard } from '../dashboard-json.ts';
import { annotation, expr, panel, query, target, variable } from '../edits.ts';

const filter = 'job=~"$job", instance=~"$instance", ml_model_name=~"$model"';
const steps = `ml_training_steps_total{${filter}}`;

export const metricFaults: Readonly<Record<string, readonly Dashboard[]>> = {
  metricsAreDefined: [
    query('rate(ml_training_stepz_total[$__rate_interval])'),
    query('ml_training_step_duration_seconds'),
    query('ml_training_loss_count'),
    query('{job=~"$job"}'),
    annotation({ expr: 'ml_none' }),
    variable('model', { query: 'label_values(ml_none, job)' }),
  ],
  labelsAreOfTheMetric: [
    expr(3, 'by (ml_model_name)', 'by (model)'),
    expr(3, 'by (ml_model_name)', 'by (ml_run_id)'),
    expr(3, 'by (ml_model_name)', 'without (ml_run_id)'),
    expr(3, 'ml_model_name=~', 'model=~'),
    query('ml_training_loss * on (ml_timing) group_left () ml_training_run_info'),
    query('ml_training_loss * on (ml_run_id) group_left (ml_timing) ml_training_run_info'),
    query('sum by (ml_model_name) (ml_training_loss) / on (ml_run_id) sum by (ml_run_id) (ml_training_loss)'),
    query('ml_training_steps_total / ml_training_runs_total'),
    query('ml_training_epoch unless ml_training_run_info'),
    query('ml_training_epoch * ignoring (ml_run_id) ml_training_steps_total unless ml_training_loss'),
    query('sum by (ml_run_id) (sum by (ml_model_name) (ml_training_loss))'),
    query('histogram_quantile(0.99, sum by (ml_model_name) (rate(ml_training_step_duration_seconds_bucket[$__rate_interval])))'),
  ],
  legendNamesLabelsOfTheResult: [
    target(3, { legendFormat: '{{ml_run_id}}' }),
    target(3, { legendFormat: '{{ml_model_name}} {{instance}}' }),
    expr(3, 'by (ml_model_name) ', ''),
    annotation({ titleFormat: '{{model}}' }),
  ],
  legendTellsSeriesApart: [
    target(3, { legendFormat: 'steps' }),
    target(3, { legendFormat: undefined }),
    target(6, { legendFormat: 'Progress' }),
    target(6, { legendFormat: '{{ml_model_name}}' }),
    query(`rate(${steps}[$__rate_interval])`),
  ],
  scopeIsNotUsed: [
    expr(3, 'by (ml_model_name)', 'by (otel_scope_name)'),
    panel(7, { transformations: [{ options: { otel_scope_version: true } }] }),
  ],
  bucketIsNotNamed: ['0.1', '1.0'].map((le) => expr(4, 'job=~"$job"', `job=~"$job", le="${le}"`)),
  descriptionNamesMetrics: [
    panel(3, { description: 'What it shows and means.' }),
    panel(3, { description: 'What it shows.\n\nMetric: `ml_training_loss`' }),
    panel(3, { description: 'What it shows.\n\nMetrics: `ml_training_steps_total`, `ml_training_loss`' }),
    panel(3, { description: 'What it shows.\n\nMetric: ml_training_steps_total' }),
    panel(6, { description: 'What it shows.\n\nMetric: `ml_training_progress_ratio`' }),
  ],
  descriptionIsSentences: ['What it shows, and why that matters', 'Steps.', 'what it shows and why that matters.', ''].map((prose) =>
    panel(3, { description: `${prose}\n\nMetric: \`ml_training_steps_total\`` }),
  ),
};
