import { parse } from 'yaml';
import type { QueryApi } from '../servers/query-api.ts';
import { problemWith } from './judge.ts';
import { metricsIn } from './metrics-in.ts';

/** A rule of a file of rules: one that alerts, or one that records. */
export interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface RuleFile {
  readonly groups: readonly { readonly rules: readonly Rule[] }[];
}

export function rulesOf(yaml: string): Rule[] {
  return (parse(yaml) as RuleFile).groups.flatMap(({ rules }) => rules);
}

interface GrafanaRuleFile {
  readonly groups: readonly {
    readonly rules: readonly { readonly title: string; readonly data: readonly { readonly model: { readonly expr?: string } }[] }[];
  }[];
}

/** What the rules of a file for Grafana's alerting ask the store. */
export function grafanaRulesOf(yaml: string): Rule[] {
  const rules = (parse(yaml) as GrafanaRuleFile).groups.flatMap((group) => group.rules);
  // One of two that share a name has its severity in its title.
  const nameOf = (title: string) => title.replace(/ \(\w+\)$/, '');
  return rules.flatMap(({ title, data }) =>
    data.flatMap(({ model: { expr } }) => (expr === undefined ? [] : [{ alert: nameOf(title), expr }])),
  );
}

/** What an alert says, with templates in it. */
export function annotationsOf(yaml: string, alert: string): Readonly<Record<string, string>> {
  return rulesOf(yaml).find((rule) => rule.alert === alert)?.annotations ?? {};
}

/** Matches what a template becomes, whatever stands in its braces. */
export function filledIn(template: string): RegExp {
  const literal = template.split(/\{\{.*?\}\}/s).map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(literal.join('[^{}]+'));
}

/**
 * What is wrong with rules on a store: expressions that it refuses, and metrics that it does not have. Alerts have nothing to say here, nor have records
 * of what has not happened. One line for each.
 * @param recordsRules whether the store evaluates the rules; where it does not, nobody records what some of them read.
 */
export async function ruleProblems(storeName: string, store: QueryApi, rules: readonly Rule[], recordsRules: boolean): Promise<string[]> {
  const known = new Set(await store.labelValues('__name__'));
  const records = new Set(rules.map(({ record }) => record));
  const now = Date.now() / 1000;
  const problems = await Promise.all(
    rules.map(async ({ alert, record, expr }) => {
      const question = { expression: expr, isInstant: true, startSeconds: now, endSeconds: now, stepSeconds: 1 };
      const problem = await problemWith(store, question);
      const missing = metricsIn(expr).filter((name) => !known.has(name) && !(records.has(name) && !recordsRules));
      const found = [
        ...missing.map((name) => `there is no ${name}`),
        ...(problem && !['empty', 'NaN alone'].includes(problem) ? [problem] : []),
      ];
      return found.map((one) => `${alert ?? record} on ${storeName}: ${one}: ${expr}`);
    }),
  );
  return problems.flat();
}
