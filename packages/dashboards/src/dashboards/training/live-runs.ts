import { trainingMetrics as metric } from '@modelmeter/core';
import { max } from '../../promql/aggregate.ts';
import { divide, multiply, subtract, unless } from '../../promql/operators.ts';
import { timeSince } from '../../promql/over-time.ts';
import { gauge, type GaugeSeries } from '../../promql/select.ts';
import type { Vector } from '../../promql/vector.ts';

type RunLabel = 'ml.model.name' | 'ml.run.id';

/** The values of runs that have not ended. */
export function ofLiveRuns<L extends string>(series: GaugeSeries<L | RunLabel>): Vector<RunLabel> {
  const run = ['ml.model.name', 'ml.run.id'] as const;
  return unless(max<L | RunLabel, RunLabel>(series, run), max(gauge(metric.trainingRunEndTime), run));
}

/** Seconds since each live run finished a step. */
export const secondsSinceLastStep: Vector<RunLabel> = timeSince(ofLiveRuns(gauge(metric.trainingLastStepTime)));

/** Seconds that each live run still needs, if it goes on as it did. Progress moves in steps, so its slope would jump. */
export const secondsLeft: Vector<RunLabel> = divide(
  multiply(timeSince(ofLiveRuns(gauge(metric.trainingRunStartTime))), subtract(1, ofLiveRuns(gauge(metric.trainingProgress)))),
  ofLiveRuns(gauge(metric.trainingProgress)),
);
