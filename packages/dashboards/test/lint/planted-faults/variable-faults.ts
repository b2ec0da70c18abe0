import type { Dashboard } from '../dashboard-json.ts';
import { annotation, expr, panel, panelLink, query, top, variable, variables } from '../edits.ts';

const wide = { gridPos: { x: 0, y: 20, w: 24, h: 8 } };

export const variableFaults: Readonly<Record<string, readonly Dashboard[]>> = {
  usedVariablesAreDeclared: [
    query('rate(a{job=~"$jobs"}[$__rate_interval])'),
    panel(3, { title: 'Steps of ${run}' }),
    panel(7, { description: 'Of [[run:csv]].' }),
    panelLink('/d/modelmeter-other?${run:queryparam}'),
    variable('model', { query: 'label_values(up{job=~"$run"}, job)' }),
    annotation({ titleFormat: '$run' }),
  ],
  variableIsUsed: [
    variables((list) => [...list, { ...list.at(-1), name: 'unused' }]),
    top({
      ...variables((list) => [...list, { ...list.at(-1), name: 'linked' }]),
      links: [{ type: 'link', url: '/d/modelmeter-other?${linked:queryparam}' }],
    }),
  ],
  variableNamesAreDistinct: [variables((list) => [...list, ...list.slice(-1)]), variable('model', { name: 'Model' })],
  variableIsLabelled: [variable('model', { label: undefined }), variable('model', { label: 'model' })],
  variableOffersLabelOfItsSeries: [
    variable('model', { query: 'label_values(ml_training_steps_total, ml_run_id)' }),
    variable('model', { query: 'label_values(job)' }),
    variable('model', { query: 'label_values(unknown, job)' }),
  ],
  matchersUseVariableOfTheirLabel: [
    expr(3, 'ml_model_name=~"$model"', 'ml_model_name=~"$job"'),
    expr(3, 'ml_model_name=~"$model"', 'ml_model_name="$model"'),
    expr(7, 'ml_model_name=~"$model"', 'ml_model_name=~"${datasource}"'),
  ],
  queryFiltersByEveryVariable: [
    expr(3, ', ml_model_name=~"$model"', ''),
    expr(7, '=~"$model"', '="iris"'),
    annotation({ expr: 'ml_training_loss' }),
  ],
  panelRepeatsForVariable: [
    panel(4, { repeat: 'run', title: '$run', ...wide }),
    panel(4, { repeat: 'datasource', title: '$datasource', ...wide }),
    panel(4, { repeat: 'model', ...wide }),
    panel(4, { repeat: 'model', title: '$model', ...wide, targets: [{ refId: 'A', expr: 'ml_training_loss' }] }),
    panel(4, { repeat: 'model', title: '$model' }),
  ],
};
