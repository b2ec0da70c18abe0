export { type DashboardFile, dashboardFiles } from './dashboard-files.ts';
export { type AlertSummary, alerts } from './rules/all.ts';
export { grafanaContactPoints, grafanaNotificationPolicy } from './rules/grafana-notifications.ts';
export { grafanaRules } from './rules/grafana-rules.ts';
export { prometheusRules } from './rules/prometheus-rules.ts';
export type { Severity } from './rules/rule.ts';
export type { RuleOptions } from './rules/rule-options.ts';
export { defaultThresholds, thresholdDescriptions, type Thresholds } from './rules/thresholds.ts';
