import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { testWith } from '../../../../test/servers/test-with.ts';
import { dashboardFiles, grafanaRules, prometheusRules } from '../../src/index.ts';
import { panelFinder } from '../../src/rules/find-panel.ts';
import { allCases } from './cases/all.ts';
import { nodesOf } from './promql-tree.ts';
import { type PrometheusRule, type RuleFile, ruleFailures } from './promtool-rules.ts';

interface GrafanaRule {
  readonly uid: string;
  readonly title: string;
  readonly condition: string;
  readonly data: readonly { readonly refId: string; readonly datasourceUid: string; readonly model: Readonly<Record<string, unknown>> }[];
  readonly dashboardUid: string;
  readonly panelId: number;
  readonly noDataState: string;
  readonly for: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

interface GrafanaGroup {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly GrafanaRule[];
}

const promtoolTest = testWith('promtool');
const { groups } = parse(grafanaRules({ gpuIdleRatio: 0.1 })) as { groups: readonly GrafanaGroup[] };
const rules = groups.flatMap(({ rules }) => rules);
const expressionOf = ({ data }: GrafanaRule) => String(data[0]?.model['expr']);
const minutes = (duration: string) => (duration.endsWith('h') ? 60 : 1) * Number.parseInt(duration, 10);

describe('the rules for Grafana', () => {
  test('are those for Prometheus, with everything but recordings', () => {
    const prometheus = (parse(prometheusRules({ gpuIdleRatio: 0.1 })) as RuleFile).groups;
    const named = ({ alert, labels, for: delay = '0m' }: PrometheusRule) => [`${alert}-${labels?.['severity']}`, delay];
    expect(groups.map(({ name, rules }) => [name, rules.map((rule) => [rule.uid, rule.for])])).toEqual(
      prometheus.map(({ name, rules }) => [name, rules.filter(({ alert }) => alert !== undefined).map(named)]),
    );
  });

  test('have uids and titles of their own', () => {
    expect(new Set(rules.map(({ uid }) => uid)).size).toBe(rules.length);
    expect(new Set(rules.map(({ title }) => title)).size).toBe(rules.length);
    for (const { uid, title, labels } of rules) {
      expect(uid.length).toBeLessThanOrEqual(40);
      expect(title).toMatch(/^ML\w+( \((critical|warning)\))?$/);
      expect(labels).toEqual({ severity: uid.split('-')[1] });
    }
  });

  test('wait for multiples of the interval of their group', () => {
    for (const { interval, rules } of groups) {
      for (const { uid, for: delay } of rules) expect(minutes(delay) % minutes(interval), uid).toBe(0);
    }
  });

  test('ask the data source of the environment, and alert for every series that comes back', () => {
    for (const { data, condition, noDataState } of rules) {
      expect(data.map(({ datasourceUid }) => datasourceUid)).toEqual(['${ML_PROMETHEUS_UID}', '__expr__']);
      expect(data[0]?.model).toMatchObject({ instant: true, range: false });
      expect(data[1]).toMatchObject({ refId: condition, model: { type: 'math', expression: 'is_number($A) || is_inf($A)' } });
      // Most of the time no series comes back.
      expect(noDataState).toBe('OK');
    }
  });

  test('have neither recordings nor macros nor variables in their queries', () => {
    for (const rule of rules) {
      expect(() => nodesOf(expressionOf(rule), 'VectorSelector')).not.toThrow();
      expect(nodesOf(expressionOf(rule), 'Identifier').filter((name) => name.includes(':'))).toEqual([]);
      expect(expressionOf(rule)).not.toMatch(/\$[^1]/);
    }
  });

  test('take the value of the query into their descriptions', () => {
    for (const { annotations } of rules) expect(annotations['description']).not.toContain('$value ');
    expect(rules[0]?.annotations['description']).toContain('{{ $values.A.Value | humanizeDuration }}');
  });

  promtoolTest('say the same of budgets without recordings', { timeout: 120_000 }, async () => {
    const inlined = groups.map(({ name, rules }) => ({
      name,
      rules: rules.map((rule) => ({
        alert: rule.title.split(' ')[0],
        expr: expressionOf(rule),
        for: rule.for,
        labels: rule.labels,
        annotations: annotationsOf(rule),
      })),
    }));
    const cases = allCases.filter(({ alert }) => alert.includes('Budget'));
    expect(await ruleFailures(stringify({ groups: inlined }), cases)).toBe('');
  });
});

describe('the panel of an alert', () => {
  test('is one that the dashboard has', () => {
    for (const { uid, dashboardUid, panelId, annotations } of rules) {
      const { json } = dashboardFiles().find((file) => file.uid === dashboardUid) ?? { json: '{}' };
      expect(json, uid).toMatch(new RegExp(`"id": ${panelId},?$`, 'm'));
      expect(annotations).toMatchObject({ __dashboardUid__: dashboardUid, __panelId__: String(panelId) });
    }
  });

  const dashboard = (...panels: object[]) => [{ uid: 'modelmeter-x', json: JSON.stringify({ panels }) }];

  test('is found in a collapsed row, is no row, and of several the last', () => {
    const find = panelFinder(
      dashboard(
        { id: 1, type: 'stat', title: 'Loss' },
        { id: 2, type: 'row', title: 'Speed', panels: [{ id: 3, type: 'timeseries', title: 'Loss' }] },
        { id: 4, type: 'row', title: 'Loss', panels: [] },
      ),
    );
    expect(find('modelmeter-x', 'Loss')).toBe(3);
  });

  test('is named where there is none', () => {
    const find = panelFinder(dashboard({ id: 1, type: 'stat', title: 'Loss' }));
    expect(() => find('modelmeter-x', 'Lose')).toThrow('dashboard modelmeter-x has no panel with the title "Lose"');
    expect(() => find('modelmeter-y', 'Loss')).toThrow('dashboard modelmeter-y has no panel with the title "Loss"');
  });
});

/** As Prometheus has them. */
function annotationsOf({ annotations, title }: GrafanaRule) {
  const rule = (parse(prometheusRules()) as RuleFile).groups
    .flatMap(({ rules }) => rules)
    .find(({ alert }) => alert === title.split(' ')[0]);
  return { ...rule?.annotations, description: annotations['description']?.replaceAll('$values.A.Value', '$value') };
}
