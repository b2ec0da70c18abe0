import type { GaugeSeries } from './select.ts';
import { call, type Counter, operand, type Vector } from './vector.ts';

/** Increase per second; over the scope's interval where none is given. A counter that started anew is followed. */
export function rate<L extends string>(counter: Counter<L>, over?: string): Vector<L> {
  return call([counter], (scope) => `rate(${counter.render(scope, over ?? scope.rateInterval)})`);
}

/** Increase within a range. It misses what a series had when it was first seen: see `occurrences`. */
export function increase<L extends string>(counter: Counter<L>, over: string): Vector<L> {
  return call([counter], (scope) => `increase(${counter.render(scope, over)})`);
}

/** The counter's own value: what was counted since the process began. Right for what is compared with nothing else. */
export function total<L extends string>(counter: Counter<L>): Vector<L> {
  return call([counter], (scope) => counter.render(scope));
}

type OverTime = 'avg' | 'min' | 'max' | 'last' | 'sum' | 'count';

/** A statistic of each series of a gauge within a range, which ends `offset` ago. */
export function overTime<L extends string>(statistic: OverTime, series: GaugeSeries<L>, over: string, offset?: string): Vector<L> {
  return call([series], (scope) => `${statistic}_over_time(${series.render(scope, over, offset)})`);
}

/** The values that series had when they were last seen, if that was within a range: also of what is gone by now. */
export function lastSeen<L extends string>(series: GaugeSeries<L> | Counter<L>, within: string): Vector<L> {
  return call([series], (scope) => `last_over_time(${series.render(scope, within)})`);
}

/** The values of series some time ago. */
export function before<L extends string>(series: GaugeSeries<L> | Counter<L>, offset: string): Vector<L> {
  return call([series], (scope) => series.render(scope, undefined, offset));
}

/** What a gauge will be so many seconds ahead, by a line through its values within a range. */
export function predictLinear<L extends string>(series: GaugeSeries<L>, over: string, seconds: number): Vector<L> {
  return call([series], (scope) => `predict_linear(${series.render(scope, over)}, ${seconds})`);
}

/** How fast a gauge grows, per second, by a line through its values within a range. */
export function derivative<L extends string>(series: GaugeSeries<L>, over: string): Vector<L> {
  return call([series], (scope) => `deriv(${series.render(scope, over)})`);
}

/** The time of evaluation, as Unix time in seconds, less a vector. */
export function timeSince<L extends string>(vector: Vector<L>): Vector<L> {
  return { metrics: vector.metrics, isOperation: true, render: (scope) => `time() - ${operand(vector, scope)}` };
}
