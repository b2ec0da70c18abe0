import type { DashboardFile } from '../dashboard-files.ts';
import type { AlertSummary } from '../rules/all.ts';
import type { RuleOptions } from '../rules/rule-options.ts';
import type { Thresholds } from '../rules/thresholds.ts';

/** What the commands list, write and push. */
export interface Content {
  readonly dashboards: () => readonly Pick<DashboardFile, 'name' | 'uid' | 'title' | 'json'>[];
  readonly alerts: readonly Pick<AlertSummary, 'name' | 'severity' | 'summary' | 'isOffByDefault'>[];
  readonly prometheusRules: (thresholds: Partial<Thresholds>, options: RuleOptions) => string;
  readonly grafanaRules: (thresholds: Partial<Thresholds>, options: RuleOptions) => string;
  readonly grafanaContactPoints: () => string;
  readonly grafanaNotificationPolicy: () => string;
}
