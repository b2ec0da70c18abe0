import { inferenceMetrics, trainingMetrics } from '@modelmeter/core';
import { up } from '../foreign-metrics.ts';
import { count } from '../promql/aggregate.ts';
import { above, equalTo, or, unless } from '../promql/operators.ts';
import { lastSeen } from '../promql/over-time.ts';
import { gauge } from '../promql/select.ts';
import { ifAny, message } from './message.ts';
import { alert, type RuleGroup } from './rule.ts';
import type { Thresholds } from './thresholds.ts';

/**
 * What is gone though nobody said goodbye: a process with a run in progress, or all processes of a job that served, because single ones are replaced at
 * every release. Where a scrape fails, other rules tell.
 */
export function telemetryRules({ lastSeenHours }: Thresholds): RuleGroup {
  const within = `${lastSeenHours}h`;
  const active = gauge(trainingMetrics.trainingRunActive);
  const requests = gauge(inferenceMetrics.inferenceActiveRequests);
  const isDown = equalTo(gauge(up), 0);
  const run = unless(unless(above(lastSeen(active, within), 0), active), isDown, { on: ['job', 'instance'] });
  const served = unless(unless(count(lastSeen(requests, within), ['job']), count(requests, ['job'])), count(isDown, ['job']));
  return {
    name: 'modelmeter-telemetry',
    alerts: [
      alert({
        name: 'MLTelemetryMissing',
        severity: 'warning',
        expression: or(run, served),
        for: '5m',
        summary: 'Metrics are gone though a run was in progress or a model in service.',
        description: message`${'job'}${ifAny(' on ', 'instance')}${ifAny(', model ', 'ml.model.name')} no longer reports, though it trained or served when it was last seen, within the last ${lastSeenHours} hours.`,
        dashboard: 'telemetry-health',
        panel: 'When instances reported',
      }),
    ],
  };
}
