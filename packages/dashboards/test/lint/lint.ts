import { type Exception, lint, type Rule } from '@modelmeter/test-kit/lint';
import { dashboardRules, linkRules, panelRules, queryRules, targetRules, variableRules } from './all-rules.ts';
import type { Catalogue } from './catalogue.ts';
import type { Dashboard } from './dashboard-json.ts';
import { type DashboardSubject, linkSubjects, panelSubjects, querySubjects, targetSubjects, variableSubjects } from './subjects.ts';

/** What a dashboard is looked at in parts of, with the rules for each part. */
interface Kind<T> {
  readonly subjects: (subject: DashboardSubject) => T[];
  readonly rules: readonly Rule<T>[];
}

const kind = <T extends { readonly name: string }>(subjects: Kind<T>['subjects'], rules: Kind<T>['rules']) => ({
  rules: rules.map((rule) => rule.name),
  lint: (dashboards: readonly DashboardSubject[], exceptions: readonly Exception[]) =>
    lint(dashboards.flatMap(subjects), ({ name }) => name, rules, exceptions),
});

const KINDS = [
  kind((subject) => [subject], dashboardRules),
  kind(panelSubjects, panelRules),
  kind(targetSubjects, targetRules),
  kind(querySubjects, queryRules),
  kind(variableSubjects, variableRules),
  kind(linkSubjects, linkRules),
];

/** The names of all rules that are applied. */
export const ruleNames: readonly string[] = KINDS.flatMap(({ rules }) => rules);

/**
 * Holds the dashboards that are shipped together to all rules. A problem begins with where it is: `uid / panel / refId`. Queries may read what is in the
 * catalogue and nothing else.
 */
export function lintDashboards(dashboards: readonly Dashboard[], catalogue: Catalogue, exceptions: readonly Exception[] = []): string[] {
  const shipped = new Map(dashboards.map((dashboard) => [String(dashboard.uid), dashboard]));
  const subjects = dashboards.map((dashboard) => ({ name: String(dashboard.uid), dashboard, catalogue, shipped }));
  return [
    ...(shipped.size === dashboards.length ? [] : ['two dashboards have the same uid']),
    ...KINDS.flatMap(({ rules, lint }) =>
      lint(
        subjects,
        exceptions.filter(({ rule }) => rules.includes(rule)),
      ),
    ),
    ...exceptions
      .filter(({ rule }) => !ruleNames.includes(rule))
      .map(({ rule }) => `there is no rule ${rule}, from which an exception is made`),
  ];
}
