import type { BoundCounter, BoundGauge, Clock, Registry } from '@modelmeter/core';
import * as attribute from '@modelmeter/core/attributes';
import * as metric from '@modelmeter/core/training-metrics';
import { runValues } from './run-values.ts';

export type Activity = (typeof attribute.trainingActivity)['values'][number];
export type TrainingResult = (typeof attribute.trainingResult)['values'][number];

export interface TrainingRunOptions {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly model: string;
  /** Undefined leaves `ml.run.id` out. */
  readonly runId: string | undefined;
  /** Whether a step's end means that the work is done (`complete`) or only handed to a device (`dispatch`). */
  readonly timing: 'complete' | 'dispatch';
  /**
   * Whether it is known what the time goes on.
   * @default where the work of a step is done when the step is
   */
  readonly isTimed?: boolean;
  /** What takes part of the time of this run, beside compile, compute, callback and other. */
  readonly activities: readonly Activity[];
  readonly optimizer: string | undefined;
  readonly batchSize: number | undefined;
  readonly backend: string | undefined;
}

/** One training run: its metrics from the first moment to the last. It knows nothing of tfjs. */
export type TrainingRun = ReturnType<typeof recordRun>;

/** Makes a run's metrics. At every moment exactly one activity is going on, so the parts of its time add up to the whole. */
export function recordRun(options: TrainingRunOptions) {
  const { registry, clock, model, runId, timing, isTimed = timing === 'complete', activities, optimizer, batchSize, backend } = options;
  const series = registry.beginRun(JSON.stringify([model, runId]));
  const ofModel = { [attribute.modelName.key]: model };
  const ofRun = { ...ofModel, [attribute.runId.key]: runId };
  const values = runValues(registry, series, ofModel, ofRun);
  const steps = values.ofModel(metric.trainingSteps, {});
  const samplesTaken = values.ofModel(metric.trainingSamples, {});
  const stepDuration = values.ofModel(metric.trainingStepDuration, { [attribute.timing.key]: timing });
  const epochDuration = values.ofModel(metric.trainingEpochDuration, {});
  const lastStepTime = values.gauge(metric.trainingLastStepTime);
  const progress = values.gauge(metric.trainingProgress);
  const epoch = values.gauge(metric.trainingEpoch);
  const active = values.ofModel(metric.trainingRunActive, {});
  const times: Partial<Record<Activity, BoundCounter>> = {};
  let info: BoundGauge | undefined;
  let plannedSteps: number | undefined;
  let stepsDone = 0;
  let stepSeconds = 0;
  let epochBeganSeconds = 0;
  let hasEnded = false;
  let current: Activity = 'callback';
  const beganSeconds = clock.monotonicSeconds();
  let sinceSeconds = beganSeconds;

  const runsOf = (result: TrainingResult) => values.ofModel(metric.trainingRuns, { [attribute.trainingResult.key]: result });
  const timeOf = (activity: Activity) =>
    (times[activity] ??= values.ofModel(metric.trainingTime, { [attribute.trainingActivity.key]: activity }));

  /** Says what the run is made of; with a result, in place of what was said while it lived. */
  const describe = (result?: TrainingResult) => {
    info?.remove();
    info = series.bind(metric.trainingRunInfo, {
      ...ofRun,
      [attribute.optimizerName.key]: optimizer,
      [attribute.batchSize.key]: batchSize,
      [attribute.tfjsBackend.key]: backend,
      [attribute.trainingResult.key]: result,
    });
    info.set(1);
  };

  /** Whether a step is being computed. */
  const isInStep = () => current === 'compile' || current === 'compute';

  /** From now on `activity` is going on: books the time since the last switch on what went on until now. */
  const switchTo = (activity: Activity) => {
    if (hasEnded) return;
    const now = clock.monotonicSeconds();
    const elapsedSeconds = now - sinceSeconds;
    if (isInStep()) stepSeconds += elapsedSeconds;
    if (isTimed) timeOf(current).add(elapsedSeconds);
    current = activity;
    sinceSeconds = now;
  };

  /** Enters an activity and returns the way back into the one before. */
  const enter = (activity: Activity) => {
    const before = current;
    switchTo(activity);
    return () => switchTo(before);
  };

  attribute.trainingResult.values.forEach(runsOf);
  describe();
  // Where the device is never waited for, nobody knows what the time went on, and `ml.training.time` is absent.
  const always: readonly Activity[] = ['compile', 'compute', 'callback', 'other'];
  if (isTimed) [...always, ...activities].forEach(timeOf);

  return {
    values,
    isInStep,
    switchTo,
    enter,

    /** Begins the run; what has begun is to be ended. */
    begin() {
      values.gauge(metric.trainingRunStartTime).set(clock.unixSeconds());
      active.add(1);
    },

    hasEnded: () => hasEnded,

    /** Whether as many steps are done as were planned, if any were. */
    isPlanDone: () => stepsDone >= (plannedSteps ?? 0),

    /** When what goes on now began, in seconds of the clock. */
    sinceSeconds: () => sinceSeconds,

    /** States how many steps the run will take; without it there is no progress. */
    plan(count: number) {
      plannedSteps = count;
      progress.set(0);
    },

    beginEpoch() {
      epochBeganSeconds = clock.monotonicSeconds();
    },

    /** Begins a step, and returns the way back into what went on before. */
    beginStep() {
      const leave = enter(stepsDone === 0 ? 'compile' : 'compute');
      stepSeconds = 0;
      return leave;
    },

    /** Ends a step; callbacks are next. */
    endStep(samples: number) {
      if (hasEnded) return;
      switchTo('callback');
      if (stepsDone > 0) stepDuration.record(stepSeconds);
      stepsDone++;
      steps.add();
      samplesTaken.add(samples);
      lastStepTime.set(clock.unixSeconds());
      if (plannedSteps !== undefined) progress.set(Math.min(1, stepsDone / plannedSteps));
    },

    /** @param finishedEpochs counted from the first epoch of the model. */
    endEpoch(finishedEpochs: number) {
      if (hasEnded) return;
      epochDuration.record(clock.monotonicSeconds() - epochBeganSeconds);
      epoch.set(finishedEpochs);
    },

    /** Ends the run; later calls do nothing. */
    end(result: TrainingResult, errorType?: string) {
      if (hasEnded) return;
      // Whatever fails: the run is active no longer, and its series end.
      try {
        switchTo('other');
      } finally {
        hasEnded = true;
        active.add(-1);
        series.end();
      }
      runsOf(result).add();
      const ended = { [attribute.trainingResult.key]: result, [attribute.errorType.key]: errorType };
      values.ofModel(metric.trainingRunDuration, ended).record(sinceSeconds - beganSeconds);
      values.gauge(metric.trainingRunEndTime).set(clock.unixSeconds());
      describe(result);
    },

    /** Takes the run back, as if it had never begun; what is left are counters at 0. */
    withdraw() {
      hasEnded = true;
      active.add(-1);
      series.release();
    },
  };
}
