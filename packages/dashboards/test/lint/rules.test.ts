import { allDefinitions } from '@modelmeter/core';
import { expect, test } from 'vitest';
import { writtenRules } from './all-rules.ts';
import { catalogueOf } from './catalogue.ts';
import type { Dashboard } from './dashboard-json.ts';
import { panel, query, target, top } from './edits.ts';
import { good, other } from './good-dashboard.ts';
import { lintDashboards, ruleNames } from './lint.ts';
import { plantedFaults } from './planted-faults/all-faults.ts';

const catalogue = catalogueOf(Object.values(allDefinitions).flat());

test('every rule is applied, and has planted faults', () => {
  expect([...ruleNames].sort()).toEqual([...writtenRules].sort());
  expect(Object.keys(plantedFaults).sort()).toEqual([...ruleNames].sort());
});

test('good dashboards keep every rule', () => {
  expect(lintDashboards([good, other], catalogue)).toEqual([]);
});

test.each(Object.entries(plantedFaults))('%s catches its faults', (rule, faults) => {
  expect(faults.length).toBeGreaterThan(0);
  const isCaught = (fault: Dashboard) => lintDashboards([fault, other], catalogue).some((problem) => problem.endsWith(`(${rule})`));
  expect([...faults.keys()].filter((i) => !isCaught(faults[i] as Dashboard))).toEqual([]);
});

const filter = 'job=~"$job", instance=~"$instance", ml_model_name=~"$model"';
const steps = `ml_training_steps_total{${filter}}`;

test.each([
  `increase(${steps}[$__range])`,
  `increase(${steps}[1h30m])`,
  `irate(${steps}[$__rate_interval])`,
  `increase(${steps}[5m]) > 0 or (${steps} > 0 unless ${steps} offset 5m)`,
  `${steps} unless ${steps} offset 5m`,
  `changes(timestamp(${steps})[5m:1m])`,
  `resets(${steps}[1d])`,
  `group by (ml_model_name) (${steps})`,
])('of a counter, %s is right', (text) => {
  expect(lintDashboards([query(`sum by (ml_model_name) (${text})`), other], catalogue)).toEqual([]);
});

test('a panel may be there for each value of a variable', () => {
  const repeated = panel(4, { repeat: 'model', title: 'Step time of $model', gridPos: { x: 0, y: 12, w: 24, h: 8 } });
  expect(lintDashboards([repeated, other], catalogue)).toEqual([]);
});

test('a quantity over its slope is a time', () => {
  const bytes = `system_memory_usage_bytes{job=~"$job", instance=~"$instance"}`;
  const left = panel(3, ({ fieldConfig, targets: [first] = [] }) => ({
    description: 'What it shows, why it matters and what to do.\n\nMetric: `system_memory_usage_bytes`',
    fieldConfig: { ...fieldConfig, defaults: { unit: 's', min: 0 } },
    targets: [{ ...first, expr: `sum by (instance) (${bytes} / deriv(${bytes}[1h]))`, legendFormat: '{{instance}}' }],
  }));
  expect(lintDashboards([left, other], catalogue)).toEqual([]);
});

test('a query of Loki is held to the rules of LogQL and to none of PromQL', () => {
  const datasource = { type: 'loki', uid: '${datasource}' };
  const logs = target(3, { datasource, expr: 'sum by (level) (rate({job="a", level=~"warn|error"} |= `"}` [$__auto]))' });
  expect(lintDashboards([logs, other], catalogue).filter((problem) => !problem.endsWith('(descriptionNamesMetrics)'))).toEqual([]);
});

test('an exception lets one fault pass, and names a rule that there is', () => {
  const exception = { subject: 'modelmeter-good', rule: 'crosshairIsShared', reason: 'It has one panel.' };
  const fault = top({ graphTooltip: 0 });
  expect(lintDashboards([fault, other], catalogue, [exception])).toEqual([]);
  expect(lintDashboards([fault, other], catalogue, [exception, { ...exception, rule: 'isNice' }])).toEqual([
    'there is no rule isNice, from which an exception is made',
  ]);
});

test('dashboards with one uid are found', () => {
  expect(lintDashboards([good, other, other], catalogue)).toContain('two dashboards have the same uid');
});
