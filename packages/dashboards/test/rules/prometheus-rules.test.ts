import { allDefinitions, prometheusName } from '@modelmeter/core';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { testWith } from '../../../../test/servers/test-with.ts';
import { foreignMetrics } from '../../src/foreign-metrics.ts';
import { alerts, defaultThresholds, prometheusRules } from '../../src/index.ts';
import { ruleGroups } from '../../src/rules/all.ts';
import { allCases } from './cases/all.ts';
import { metricNames, nodesOf } from './promql-tree.ts';
import { type PrometheusRule, type RuleFile, ruleFailures, ruleProblems } from './promtool-rules.ts';

const promtoolTest = testWith('promtool');

/** All that there are. */
const thresholds = { ...defaultThresholds, gpuIdleRatio: 0.1 };
const file = prometheusRules(thresholds);
const rules = (parse(file) as RuleFile).groups.flatMap(({ rules }) => rules);
const alerting = rules.filter((rule): rule is PrometheusRule & { alert: string } => rule.alert !== undefined);
const recording = rules.filter((rule): rule is PrometheusRule & { record: string } => rule.record !== undefined);
const known = new Set(
  [...Object.values(allDefinitions).flat(), ...foreignMetrics].flatMap((definition) => {
    const name = prometheusName(definition);
    return definition.instrument === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
  }),
);

/** What is to be replaced by what, and whose cases notice. */
const FAULTS = [
  ['(up == 0)', '(up == 1)', 'MLInferenceDown'],
  ['unless ml_training_run_active', 'and ml_training_run_active', 'MLTelemetryMissing'],
  [', instance, ml_model_name) (rate(ml_training_time', ', ml_model_name) (rate(ml_training_time', 'MLTrainingDataBound'],
  ['|invalid_input', '', 'MLInferenceErrorBudgetBurn'],
] as const;

describe('the rules', () => {
  promtoolTest('pass every lint of promtool', async () => {
    expect(await ruleProblems(file)).toBe('');
    expect(await ruleProblems(prometheusRules({}, { selector: 'job=~"digits|faces"' }))).toBe('');
  });

  promtoolTest('say what they are to say in every case', { timeout: 120_000 }, async () => {
    expect(await ruleFailures(file, allCases)).toBe('');
  });

  promtoolTest('would not with a fault', { timeout: 120_000 }, async () => {
    for (const [planted, fault, alert] of FAULTS) {
      expect(file).toContain(planted);
      const cases = allCases.filter((one) => one.alert === alert);
      expect(await ruleFailures(file.replaceAll(planted, fault), cases)).toContain(`name: ${alert} (`);
    }
  });

  promtoolTest('would not if what they are for had no need to last', { timeout: 120_000 }, async () => {
    const output = await ruleFailures(file.replaceAll(/for: \d+[mh]/g, 'for: 0m'), allCases);
    const lasting = alerting.filter((rule) => rule.for !== undefined).map(({ alert }) => alert);
    expect(lasting.filter((alert) => !output.includes(`name: ${alert} (`))).toEqual([]);
  });

  test('have a case for each in which it fires, stays quiet and lacks data', () => {
    for (const { name, severity } of alerts) {
      const cases = allCases.filter(({ alert }) => alert === name);
      expect(cases.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['quiet', 'missing']));
      const fires = cases.filter(({ kind, alerts }) => kind === 'fires' && alerts.some((one) => one.severity === severity));
      expect(fires.length, `${severity} ${name} in a case where it fires`).toBeGreaterThan(0);
    }
    expect(new Set(allCases.map(({ alert }) => alert))).toEqual(new Set(alerts.map(({ name }) => name)));
  });

  test('need a comparison, or they would fire for whatever there is', () => {
    for (const { alert, expr } of alerting) expect(nodesOf(expr, 'Gtr', 'Gte', 'Lss', 'Lte', 'Eql', 'Neq'), alert).not.toEqual([]);
  });

  test('speak only of labels that their series have', () => {
    const groups = ruleGroups(thresholds).flatMap(({ alerts }) => alerts);
    for (const { name, severity, description } of groups) {
      const labels = allCases.flatMap(({ alert, alerts }) => (alert === name ? alerts : [])).filter((one) => one.severity === severity);
      for (const one of labels) expect(Object.keys(one.labels), name).toEqual(expect.arrayContaining([...description.needs]));
    }
  });

  test('read only metrics that there are', () => {
    const names = new Set([...known, ...recording.map(({ record }) => record)]);
    for (const { alert, record, expr } of rules) {
      expect(
        metricNames(expr).filter((name) => !names.has(name)),
        alert ?? record,
      ).toEqual([]);
    }
  });

  test('take rates of counters alone, over windows with several scrapes', () => {
    for (const { expr } of rules) {
      const calls = nodesOf(expr, 'FunctionCall').filter((call) => /^(rate|increase)\(/.test(call));
      for (const call of calls)
        expect(call).toMatch(/^(rate|increase)\(\w+_(total|sum|count|bucket)(\{[^}]*\})?\[(5m|15m|30m|[1-9]\d*[hd])\]\)$/);
    }
  });

  test('record under names of level, metric and operation', () => {
    for (const { record, expr } of recording) {
      expect(record).toMatch(/^job_ml_model_name:ml_[a-z_]+:(burn_rate|increase)\d+[mhd]$/);
      expect(nodesOf(expr, 'AggregateModifier').every((by) => by === 'by (job, ml_model_name)')).toBe(true);
    }
    expect(new Set(recording.map(({ record }) => record)).size).toBe(recording.length);
  });

  test('say what it is, how bad, and where to look', () => {
    for (const { alert, labels, annotations } of alerting) {
      expect(alert).toMatch(/^ML([A-Z][a-z]+)+$/);
      expect(labels?.['severity']).toMatch(/^(critical|warning|info)$/);
      expect(annotations?.['summary']).toMatch(/^[A-Z][^{}]+\.$/);
      expect(annotations?.['description']).toMatch(/\.$/);
      expect(annotations?.['runbook_url']).toBe(`https://github.com/modelmeter/modelmeter/blob/main/docs/runbooks/${alert}.md`);
      expect(annotations?.['dashboard']).toMatch(/^modelmeter \/ .+, panel ".+"$/);
    }
  });

  test('leave idle GPUs alone unless asked', () => {
    expect(prometheusRules()).not.toContain('MLGpuIdleWhileTraining');
    expect(alerts.map(({ name }) => name)).toContain('MLGpuIdleWhileTraining');
  });
});

describe('options of the rules', () => {
  test('restrict every metric, recorded ones as well, to what is selected', () => {
    const selected = (parse(prometheusRules(thresholds, { selector: 'job=~"digits|faces"' })) as RuleFile).groups;
    const selectors = selected.flatMap(({ rules }) => rules).flatMap(({ expr }) => nodesOf(expr, 'VectorSelector'));
    expect(selectors.length).toBeGreaterThan(100);
    expect(selectors.filter((selector) => !selector.includes('{job=~"digits|faces"'))).toEqual([]);
  });

  test('lead to runbooks of your own', () => {
    expect(prometheusRules({}, { runbooksUrl: 'https://wiki.example/ml' })).toContain(
      'runbook_url: https://wiki.example/ml/MLTrainingStalled.md',
    );
  });
});
