import { trainingMetrics as metric } from '@modelmeter/core';
import { up } from '../foreign-metrics.ts';
import { sum } from '../promql/aggregate.ts';
import { above, add, and, atLeast, atLeastValue, divide, equalTo, multiply, or, unless } from '../promql/operators.ts';
import { lastSeen, timeSince, total } from '../promql/over-time.ts';
import { counter, countOf, gauge, type GaugeSeries, sumOf } from '../promql/select.ts';
import type { Counter, Vector } from '../promql/vector.ts';
import type { Thresholds } from './thresholds.ts';

/** Series as they are now, or as they were when they were last seen. */
interface Moment {
  gauge<L extends string>(series: GaugeSeries<L>): Vector<L>;
  total<L extends string>(series: Counter<L>): Vector<L>;
}

const now: Moment = { gauge: (series) => series, total };

const ofModel = ['job', 'instance', 'ml.model.name'] as const;

/**
 * Seconds since the last step of each run that has stalled. A process that hangs in a step cannot be scraped: then what it said last is what counts.
 */
export function stalledTraining(thresholds: Thresholds) {
  const within = `${thresholds.lastSeenHours}h`;
  const before: Moment = { gauge: (series) => lastSeen(series, within), total: (series) => lastSeen(series, within) };
  const isDown = equalTo(gauge(up), 0);
  return or(stalledAt(now, thresholds), and(stalledAt(before, thresholds), isDown, { on: ['job', 'instance'] }));
}

/** Runs that have ended. Without run ids the next run has the series of the one before: it has begun after that one's end. */
export function ended(at: Moment = now) {
  return atLeast(at.gauge(gauge(metric.trainingRunEndTime)), at.gauge(gauge(metric.trainingRunStartTime)));
}

function stalledAt(at: Moment, thresholds: Thresholds) {
  const start = at.gauge(gauge(metric.trainingRunStartTime));
  const lastStep = at.gauge(gauge(metric.trainingLastStepTime));
  const active = sum(at.gauge(gauge(metric.trainingRunActive)), ofModel);
  // The first step may hang as well.
  const since = timeSince(or(atLeast(lastStep, start), start));
  const isLong = above(since, allowance(at, active, thresholds), { on: ofModel, groupLeft: [] });
  return and(unless(isLong, ended(at)), above(active, 0), { on: ofModel });
}

/** Seconds that a run may take for its next step: there may be a validation before it. Of a model that is new nothing is known yet. */
function allowance<L extends (typeof ofModel)[number]>(
  at: Moment,
  active: Vector<L>,
  { stalledSteps, stalledValidations, stalledSeconds }: Thresholds,
): Vector<(typeof ofModel)[number]> {
  const none = multiply(active, 0);
  const validating = counter(metric.trainingTime, { 'ml.training.activity': 'validation' });
  const step = divide(
    sum(at.total(sumOf(metric.trainingStepDuration)), ofModel),
    above(sum(at.total(countOf(metric.trainingStepDuration)), ofModel), 0),
  );
  const validation = divide(sum(at.total(validating), ofModel), above(sum(at.total(countOf(metric.trainingEpochDuration)), ofModel), 0));
  return atLeastValue(add(or(multiply(step, stalledSteps), none), or(multiply(validation, stalledValidations), none)), stalledSeconds);
}
