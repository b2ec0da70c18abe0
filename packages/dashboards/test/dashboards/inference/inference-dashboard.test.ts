import { expect, test } from 'vitest';
import { inferenceDashboard } from '../../../src/dashboards/inference/inference-dashboard.ts';
import { contentPanels, type Dashboard, topLevel } from '../../lint/dashboard-json.ts';

const dashboard = JSON.parse(JSON.stringify(inferenceDashboard())) as Dashboard;
const panels = contentPanels(dashboard);
const modelOf = (panel: object) => ('repeat' in panel ? panel.repeat : undefined);

test('no two models are mixed in the buckets of a query, because each may have bounds of its own', () => {
  const queries = panels.flatMap((panel) => (panel.targets ?? []).map(({ expr = '' }) => ({ panel, expr })));
  const ofBuckets = queries.filter(({ expr }) => expr.includes('_bucket{'));
  expect(ofBuckets.length).toBeGreaterThan(20);
  const mixed = ofBuckets.filter(
    ({ panel, expr }) => modelOf(panel) !== 'model' && !/sum by \(le, (ml_model_name|gen_ai_request_model)\b/.test(expr),
  );
  expect(mixed.map(({ panel }) => panel.title)).toEqual([]);
});

test('a panel that is repeated for each model says which one it shows', () => {
  const repeated = panels.filter((panel) => modelOf(panel) !== undefined);
  expect(repeated.map(({ title }) => title)).toEqual([
    'Spread of durations: $model',
    'Where a request spends its time: $model',
    'Spread of time to first chunk: $model',
  ]);
});

test('what not everybody uses is in collapsed rows', () => {
  const collapsed = topLevel(dashboard).filter((panel) => panel.type === 'row' && panel.collapsed === true);
  expect(collapsed.map(({ title }) => title)).toEqual(['Streams', 'Language models']);
});

test('the objective is measured by what was missed, not by buckets, whose bounds need not lie at it', () => {
  const ofObjectives = panels.filter(({ title = '' }) => /objective|budget|burn|misses/i.test(title));
  expect(ofObjectives.length).toBeGreaterThanOrEqual(6);
  expect(ofObjectives.flatMap(({ targets = [] }) => targets).filter(({ expr = '' }) => expr.includes('_bucket'))).toEqual([]);
});
