import type { BoundCounter, BoundGauge, BoundHistogram, BoundUpDownCounter, Clock, Registry, RunSeries } from '@modelmeter/core';
import * as attribute from '@modelmeter/core/attributes';
import * as metric from '@modelmeter/core/training-metrics';
import { type Activity, ActivityLedger } from './activity-ledger.ts';
import { type OfRun, RunValues } from './run-values.ts';

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

const ALWAYS: readonly Activity[] = ['compile', 'compute', 'callback', 'other'];

/** One training run: its metrics from the first moment to the last. It knows nothing of tfjs. */
export class TrainingRun {
  readonly values: RunValues;
  readonly #options: TrainingRunOptions;
  readonly #series: RunSeries;
  readonly #ofRun: OfRun;
  readonly #counters = new Map<Activity, BoundCounter>();
  readonly #ledger: ActivityLedger;
  readonly #active: BoundUpDownCounter;
  readonly #steps: BoundCounter;
  readonly #samples: BoundCounter;
  readonly #stepDuration: BoundHistogram;
  readonly #epochDuration: BoundHistogram;
  readonly #lastStepTime: BoundGauge;
  readonly #progress: BoundGauge;
  readonly #epoch: BoundGauge;
  #info: BoundGauge | undefined;
  #plannedSteps: number | undefined;
  #stepsDone = 0;
  #stepSeconds = 0;
  #epochBeganSeconds = 0;
  #hasEnded = false;

  constructor(options: TrainingRunOptions) {
    const { registry, clock, model, runId, timing, isTimed = timing === 'complete', activities } = options;
    this.#options = options;
    this.#series = registry.beginRun(JSON.stringify([model, runId]));
    const ofModel = { [attribute.modelName.key]: model };
    this.#ofRun = { ...ofModel, [attribute.runId.key]: runId };
    const values = new RunValues(registry, this.#series, ofModel, this.#ofRun);
    this.values = values;
    this.#steps = values.ofModel(metric.trainingSteps, {});
    this.#samples = values.ofModel(metric.trainingSamples, {});
    this.#stepDuration = values.ofModel(metric.trainingStepDuration, { [attribute.timing.key]: timing });
    this.#epochDuration = values.ofModel(metric.trainingEpochDuration, {});
    this.#lastStepTime = values.gauge(metric.trainingLastStepTime);
    this.#progress = values.gauge(metric.trainingProgress);
    this.#epoch = values.gauge(metric.trainingEpoch);
    for (const result of attribute.trainingResult.values) this.#runs(result);
    this.#describe();
    // Where the device is never waited for, nobody knows what the time went on, and `ml.training.time` is absent.
    if (isTimed) for (const activity of [...ALWAYS, ...activities]) this.#counter(activity);
    this.#ledger = new ActivityLedger(clock, 'callback', (activity) => (isTimed ? this.#counter(activity) : undefined));
    this.#active = values.ofModel(metric.trainingRunActive, {});
  }

  /** Begins the run; what has begun is to be ended. */
  begin(): void {
    this.values.gauge(metric.trainingRunStartTime).set(this.#options.clock.unixSeconds());
    this.#active.add(1);
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Whether as many steps are done as were planned, if any were. */
  get hasTakenPlannedSteps(): boolean {
    return this.#stepsDone >= (this.#plannedSteps ?? 0);
  }

  /** Whether a step is being computed. */
  get isInStep(): boolean {
    return isStepActivity(this.#ledger.current);
  }

  /** When what goes on now began, in seconds of the clock. */
  get sinceSeconds(): number {
    return this.#ledger.sinceSeconds;
  }

  /** Enters an activity and returns the way back into the one before. */
  enter(activity: Activity): () => void {
    const before = this.#ledger.current;
    this.switchTo(activity);
    return () => this.switchTo(before);
  }

  /** From now on `activity` is going on. */
  switchTo(activity: Activity): void {
    if (this.#hasEnded) return;
    const isStep = this.isInStep;
    const elapsedSeconds = this.#ledger.switchTo(activity);
    if (isStep) this.#stepSeconds += elapsedSeconds;
  }

  /** States how many steps the run will take; without it there is no progress. */
  plan(steps: number): void {
    this.#plannedSteps = steps;
    this.#progress.set(0);
  }

  beginEpoch(): void {
    this.#epochBeganSeconds = this.#options.clock.monotonicSeconds();
  }

  /** Begins a step, and returns the way back into what went on before. */
  beginStep(): () => void {
    const leave = this.enter(this.#stepsDone === 0 ? 'compile' : 'compute');
    this.#stepSeconds = 0;
    return leave;
  }

  /** Ends a step; callbacks are next. */
  endStep(samples: number): void {
    if (this.#hasEnded) return;
    this.switchTo('callback');
    if (this.#stepsDone > 0) this.#stepDuration.record(this.#stepSeconds);
    this.#stepsDone++;
    this.#steps.add();
    this.#samples.add(samples);
    this.#lastStepTime.set(this.#options.clock.unixSeconds());
    if (this.#plannedSteps !== undefined) this.#progress.set(Math.min(1, this.#stepsDone / this.#plannedSteps));
  }

  /** @param finishedEpochs counted from the first epoch of the model. */
  endEpoch(finishedEpochs: number): void {
    if (this.#hasEnded) return;
    this.#epochDuration.record(this.#options.clock.monotonicSeconds() - this.#epochBeganSeconds);
    this.#epoch.set(finishedEpochs);
  }

  /** Stops the time; what is left is to say how the run ended. */
  close(): void {
    this.switchTo('other');
  }

  /** Ends the run; later calls do nothing. */
  end(result: TrainingResult, errorType?: string): void {
    if (this.#hasEnded) return;
    // Whatever fails: the run is active no longer, and its series end.
    try {
      this.close();
    } finally {
      this.#hasEnded = true;
      this.#active.add(-1);
      this.#series.end();
    }
    this.#runs(result).add();
    const ended = { [attribute.trainingResult.key]: result, [attribute.errorType.key]: errorType };
    this.values.ofModel(metric.trainingRunDuration, ended).record(this.#ledger.bookedSeconds);
    this.values.gauge(metric.trainingRunEndTime).set(this.#options.clock.unixSeconds());
    this.#describe(result);
  }

  /** Takes the run back, as if it had never begun; what is left are counters at 0. */
  withdraw(): void {
    this.#hasEnded = true;
    this.#active.add(-1);
    this.#series.release();
  }

  #runs(result: TrainingResult): BoundCounter {
    return this.values.ofModel(metric.trainingRuns, { [attribute.trainingResult.key]: result });
  }

  #counter(activity: Activity): BoundCounter {
    let counter = this.#counters.get(activity);
    if (!counter) {
      counter = this.values.ofModel(metric.trainingTime, { [attribute.trainingActivity.key]: activity });
      this.#counters.set(activity, counter);
    }
    return counter;
  }

  /** Says what the run is made of; with a result, in place of what was said while it lived. */
  #describe(result?: TrainingResult): void {
    const { optimizer, batchSize, backend } = this.#options;
    this.#info?.remove();
    this.#info = this.#series.bind(metric.trainingRunInfo, {
      ...this.#ofRun,
      [attribute.optimizerName.key]: optimizer,
      [attribute.batchSize.key]: batchSize,
      [attribute.tfjsBackend.key]: backend,
      [attribute.trainingResult.key]: result,
    });
    this.#info.set(1);
  }
}

function isStepActivity(activity: Activity): boolean {
  return activity === 'compile' || activity === 'compute';
}
