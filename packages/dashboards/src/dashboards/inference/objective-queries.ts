import { inferenceMetrics as metric } from '@modelmeter/core';
import { max, sum } from '../../promql/aggregate.ts';
import { and, divide, share, subtract } from '../../promql/operators.ts';
import { amount } from '../../promql/occurrences.ts';
import { overTime } from '../../promql/over-time.ts';
import { counter, countOf, gauge } from '../../promql/select.ts';
import type { Vector } from '../../promql/vector.ts';
import { VERSION } from './version.ts';

const MODEL = ['ml.model.name'] as const;

/** Share of the requests within a range that missed the objective, of each model that has one. */
export function missedShare(over: string): Vector<'ml.model.name'> {
  const missed = sum(amount(counter(metric.inferenceObjectiveMisses), over), VERSION);
  // A model without an objective misses none, and would make the others look better.
  const requests = and(sum(amount(countOf(metric.inferenceDuration), over), VERSION), missed);
  return share(sum(missed, MODEL), sum(requests, MODEL));
}

/** How many times as fast as the target allows requests missed it: at 1 the budget is just used up at the end of its period. */
export function burnRate(over: string): Vector<'ml.model.name'> {
  // The last target, so that what was missed stays known when nothing reports any more.
  const target = max(overTime('last', gauge(metric.inferenceObjectiveTarget), over), MODEL);
  return divide(missedShare(over), subtract<'ml.model.name'>(1, target));
}

/** Share of the allowed misses within a range that are left; below 0 where there were more. */
export function budgetLeft(over: string): Vector<'ml.model.name'> {
  return subtract<'ml.model.name'>(1, burnRate(over));
}
