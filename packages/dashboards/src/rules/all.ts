import { budgetRules } from './budget-burn.ts';
import { inferenceRules } from './inference-rules.ts';
import { resourceRules } from './resource-rules.ts';
import { type RuleGroup, seenAt, type Severity } from './rule.ts';
import { telemetryRules } from './telemetry-rules.ts';
import { defaultThresholds, type Thresholds } from './thresholds.ts';
import { trainingRules } from './training-rules.ts';

/** All rules that there are with these thresholds. */
export function ruleGroups(thresholds: Thresholds): readonly RuleGroup[] {
  return [
    trainingRules(thresholds),
    inferenceRules(thresholds),
    ...budgetRules(thresholds),
    resourceRules(thresholds),
    telemetryRules(thresholds),
  ];
}

/** What an alert is, in short. */
export interface AlertSummary {
  readonly name: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly group: string;
  /** Dashboard and panel. */
  readonly seenAt: string;
  /** Whether a threshold has to turn it on. */
  readonly isOffByDefault: boolean;
}

const namesByDefault = new Set(ruleGroups(defaultThresholds).flatMap(({ alerts }) => alerts.map(({ name }) => name)));

/** Every alert of the shipped rules, those that are off by default among them. */
export const alerts: readonly AlertSummary[] = ruleGroups({ ...defaultThresholds, gpuIdleRatio: 0.1 }).flatMap(({ name: group, alerts }) =>
  alerts.map((alert) => ({
    name: alert.name,
    severity: alert.severity,
    summary: alert.summary,
    group,
    seenAt: seenAt(alert),
    isOffByDefault: !namesByDefault.has(alert.name),
  })),
);
