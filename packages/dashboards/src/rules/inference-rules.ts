import { inferenceMetrics as metric, trainingMetrics } from '@modelmeter/core';
import { eventLoopDelayP99, up } from '../foreign-metrics.ts';
import { max, sum } from '../promql/aggregate.ts';
import { above, add, and, equalTo, unless } from '../promql/operators.ts';
import { before, increase, lastSeen, overTime } from '../promql/over-time.ts';
import { counter, countOf, gauge } from '../promql/select.ts';
import { message, value } from './message.ts';
import { alert, type RuleGroup } from './rule.ts';
import type { Thresholds } from './thresholds.ts';

const ofProcess = ['job', 'instance'] as const;
const ofOperation = [...ofProcess, 'ml.model.name', 'ml.operation.name'] as const;

export function inferenceRules(thresholds: Thresholds): RuleGroup {
  return { name: 'modelmeter-inference', alerts: [stalled(thresholds), down(thresholds), eventLoopBlocked(thresholds)] };
}

/** In flight all the while, and nothing came of it. */
function stalled({ inferenceStalledMinutes }: Thresholds) {
  const window = `${inferenceStalledMinutes}m`;
  const active = gauge(metric.inferenceActiveRequests);
  const successes = sum(increase(countOf(metric.inferenceDuration, { 'error.type': '' }), window), ofOperation);
  const failures = sum(increase(counter(metric.inferenceErrors), window), ofOperation);
  // A process that has just started has no whole window yet.
  const wereWaiting = above(sum(before(active, window), ofOperation), 0);
  const isWaiting = and(above(sum(overTime('min', active, window), ofOperation), 0), wereWaiting);
  return alert({
    name: 'MLInferenceStalled',
    severity: 'critical',
    expression: and(isWaiting, equalTo(add(successes, failures), 0)),
    for: '1m',
    summary: 'Requests are in flight and none gets an answer.',
    description: message`Requests of ${'ml.model.name'}, operation ${'ml.operation.name'}, in flight on ${'instance'} (${'job'}): ${value.whole}. None has been answered for ${inferenceStalledMinutes} minutes.`,
    dashboard: 'inference',
    panel: 'In flight',
  });
}

function down({ lastSeenHours }: Thresholds) {
  const served = max(lastSeen(gauge(metric.inferenceActiveRequests), `${lastSeenHours}h`), ofProcess);
  return alert({
    name: 'MLInferenceDown',
    severity: 'critical',
    expression: and(equalTo(gauge(up), 0), served),
    for: '2m',
    summary: 'A process that serves a model does not answer its scrapes.',
    description: message`${'instance'} (${'job'}) served a model within the last ${lastSeenHours} hours, and Prometheus can no longer scrape it: it has ended, hangs, or cannot be reached.`,
    dashboard: 'telemetry-health',
    panel: 'Targets',
  });
}

/** Training in the process of a server would be no news: it blocks by nature. */
function eventLoopBlocked({ eventLoopDelaySeconds }: Thresholds) {
  const isTraining = above(max(gauge(trainingMetrics.trainingRunActive), ofProcess), 0);
  return alert({
    name: 'MLEventLoopBlocked',
    severity: 'warning',
    expression: unless(above(gauge(eventLoopDelayP99), eventLoopDelaySeconds), isTraining),
    for: '5m',
    summary: 'The event loop of a process is blocked again and again.',
    description: message`One turn in a hundred of the event loop of ${'instance'} (${'job'}) comes ${value.duration} late or later: every request waits as long.`,
    dashboard: 'resources',
    panel: 'Event loop delay',
  });
}
