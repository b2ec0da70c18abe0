import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { alerts } from '../../src/rules/all.ts';
import type { ExpectedAlert, RuleCase } from './rule-case.ts';

/** What of a rule file is asked for. */
export interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly PrometheusRule[] }[];
}

export interface PrometheusRule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Runs `promtool test rules`, once. @returns what it has to say: nothing where all cases hold. */
export function ruleFailures(rules: string, cases: readonly RuleCase[]): Promise<string> {
  const { groups } = parse(rules) as RuleFile;
  // Each case is shown the rules of its kind alone: all of them take several times as long.
  const kindOf = ({ name }: { readonly name: string }) => name.replace(/-slow$/, '');
  const files: Record<string, string> = {};
  for (const [kind, some] of grouped(groups, kindOf)) {
    files[`${kind}.rules.yaml`] = stringify({ groups: some });
    const known = new Set(some.flatMap(({ rules }) => rules.map(({ alert }) => alert)));
    const shown = cases.filter(({ alert }) => known.has(alert));
    for (const [interval, ofInterval] of grouped(shown, ({ evaluatedEvery = '1m' }) => evaluatedEvery)) {
      files[`${kind}.${interval}.test.yaml`] = stringify(
        {
          rule_files: [`${kind}.rules.yaml`],
          // Else promtool takes groups in any order, and what one records is there for the other only the next time.
          group_eval_order: some.map(({ name }) => name),
          evaluation_interval: interval,
          tests: ofInterval.map(testOf),
        },
        { lineWidth: 0 },
      );
    }
  }
  return promtool(['test', 'rules'], files, (name) => name.endsWith('.test.yaml'));
}

/** Runs `promtool check rules` with every lint. @returns what it has to say: nothing where the file passes. */
export function ruleProblems(rules: string): Promise<string> {
  return promtool(['check', 'rules', '--lint=all', '--lint-fatal'], { 'rules.yaml': rules }, () => true);
}

async function promtool(
  args: readonly string[],
  files: Readonly<Record<string, string>>,
  isArgument: (name: string) => boolean,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'modelmeter-rules-'));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const names = Object.keys(files).filter(isArgument);
    return await new Promise((resolve) => {
      execFile('promtool', [...args, ...names], { cwd: folder, timeout: 120_000 }, (error, stdout, stderr) => {
        resolve(error === null ? '' : `${error.message}\n${stdout}${stderr}`);
      });
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

function testOf({ alert, kind, story, series, at, alerts, interval = '1m' }: RuleCase) {
  return {
    name: `${alert} (${kind}): ${story}`,
    interval,
    input_series: Object.entries(series).map(([series, values]) => ({ series, values })),
    alert_rule_test: [{ eval_time: at, alertname: alert, exp_alerts: alerts.map((one) => expected(alert, one)) }],
  };
}

function expected(alert: string, { severity, labels, description }: ExpectedAlert) {
  const definition = alerts.find((one) => one.name === alert && one.severity === severity);
  if (!definition) throw new Error(`there is no ${severity} ${alert}`);
  return {
    exp_labels: { severity, ...labels },
    exp_annotations: {
      summary: definition.summary,
      description,
      runbook_url: `https://github.com/modelmeter/modelmeter/blob/main/docs/runbooks/${alert}.md`,
      dashboard: definition.seenAt,
    },
  };
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
