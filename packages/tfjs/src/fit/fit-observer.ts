import type { Activity } from '../run/activity-ledger.ts';
import { DeviceReads } from '../tensors/device-reads.ts';
import type { Failure } from '../run/error-type.ts';
import type { FitSettings } from './fit-options.ts';
import { FitValues } from './fit-values.ts';
import { stableModelName } from '../model-name.ts';
import { newRunId } from '../run/run-id.ts';
import { SampledWaiting } from './sampled-waiting.ts';
import type { FitParams, Logs, ModelLike } from '../tf-like.ts';
import { type TrainingResult, TrainingRun } from '../run/training-run.ts';
import type { FitWatcher } from './watch-fit.ts';

/** What the callback that made an observer is to know of its fit. */
export interface FitOwner {
  onError(error: unknown): void;
  /** The fit is over. */
  onLetGo(): void;
  /** Whether somebody who will know the error of a fit that threw is going to call `end`. */
  isTracked(): boolean;
}

/** Follows one fit: tells its run what goes on when, and its values when to be read. */
export class FitObserver implements FitWatcher {
  readonly #settings: FitSettings;
  readonly #params: FitParams;
  readonly #model: ModelLike | undefined;
  readonly #reads: DeviceReads;
  readonly #run: TrainingRun;
  readonly #values: FitValues;
  readonly #waiting: SampledWaiting;
  /** What goes on between two steps: in `fitDataset` the dataset makes the next batch, in `fit` the next callbacks are called. */
  readonly #betweenSteps: Activity;
  readonly #owner: FitOwner;
  #firstEpoch: number | undefined;
  #plannedEpochs = 0;
  #finishedEpochs = 0;
  #stepBeganSeconds = 0;
  #isInStep = false;
  #isOver = false;

  constructor(settings: FitSettings, params: FitParams, model: ModelLike | undefined, owner: FitOwner) {
    const { tf, registry, clock, runId, waitEverySteps } = settings;
    this.#settings = settings;
    this.#params = params;
    this.#model = model;
    this.#owner = owner;
    const backend = tf.getBackend();
    this.#reads = new DeviceReads(backend, (error) => owner.onError(error));
    this.#waiting = new SampledWaiting(this.#reads.areImmediate || waitEverySteps === false ? Infinity : waitEverySteps);
    const isDataset = params.samples == null;
    this.#betweenSteps = isDataset ? 'data_wait' : 'callback';
    this.#run = new TrainingRun({
      registry,
      clock,
      model: settings.model ?? stableModelName(model?.name),
      runId: runId === false ? undefined : (runId ?? newRunId(clock.unixSeconds())),
      timing: this.#reads.areImmediate ? 'complete' : 'dispatch',
      activities: [...(isDataset ? (['data_wait'] as const) : []), ...(params.doValidation ? (['validation'] as const) : [])],
      optimizer: model?.optimizer?.getClassName?.(),
      batchSize: params.batchSize ?? undefined,
      backend,
    });
    this.#values = new FitValues(settings, params, model, this.#run.values, this.#reads);
    this.#run.begin();
  }

  /** The callbacks begin to hear of something, so what went on between two steps is over. */
  onCallbacksBegin(): void {
    if (this.#betweenSteps !== 'callback') this.#run.switchTo('callback');
  }

  onEpochBegin(epoch: number): void {
    if (this.#firstEpoch === undefined) {
      this.#plan(epoch);
      this.#values.onTrainBegin();
    }
    this.#run.beginEpoch();
    this.#run.switchTo(this.#betweenSteps);
    this.#values.readLearningRate();
  }

  onStepBegin(): void {
    this.#isInStep = true;
    this.#waiting.onStepBegin();
    // In `fit` the validation is part of a step.
    if (this.#betweenSteps === 'callback') this.#values.forgetValidation();
    this.#run.beginStep();
    this.#stepBeganSeconds = this.#run.sinceSeconds;
  }

  onGradients(gradients: unknown): void {
    if (this.#run.isInStep) this.#values.onGradients(gradients);
  }

  onUpdated(): void {
    if (this.#run.isInStep) this.#run.switchTo('callback');
  }

  /** A step is done and the callbacks begin to hear of it; one of those may throw. */
  onStepDone(logs: Logs): void {
    if (!this.#isInStep) return;
    this.#isInStep = false;
    this.#run.endStep(typeof logs['size'] === 'number' ? logs['size'] : 0);
    this.#values.onStepEnd(logs, this.#run.sinceSeconds);
  }

  onStepEnd(logs: Logs): void {
    this.onStepDone(logs);
    if (this.#betweenSteps === 'callback') return;
    // In `fitDataset` the validation comes after a step.
    this.#values.forgetValidation();
    this.#run.switchTo(this.#betweenSteps);
  }

  /** Waits for the device where that is asked for and this step's turn has come. */
  waitForDevice(logs: Logs): Promise<void> | undefined {
    return this.#waiting.onStepEnd(logs['loss'], () => {
      this.#run.recordWaitedStep(this.#settings.clock.monotonicSeconds() - this.#stepBeganSeconds);
    });
  }

  onEpochEnd(epoch: number, logs: Logs): void {
    this.#finishedEpochs++;
    this.#run.endEpoch(epoch + 1);
    this.#run.switchTo('callback');
    this.#values.onEpochEnd(logs);
  }

  onValidation(): (returned: unknown) => void {
    this.#waiting.onValidation();
    const leave = this.#run.enter('validation');
    return (returned) => {
      leave();
      this.#values.onValidation(returned);
    };
  }

  /** Time that is given away. */
  onYield(): () => void {
    return this.#run.enter('other');
  }

  onSave(): () => void {
    return this.#run.enter('checkpoint');
  }

  throwFailure(): void {
    if (this.#values.failure) throw this.#values.failure;
  }

  /** Resolves when the values that are on their way have come. */
  valuesArrived(): Promise<unknown> | undefined {
    return this.#reads.arrived();
  }

  onTrainEnd(): void {
    this.#isOver = true;
    this.#run.close();
  }

  /** A fit that tfjs lets go of before its end has failed. Why, only the caller of `fit` can know. */
  onLetGo(): void {
    // Whatever fails: the model is let go of, and the run ends.
    try {
      this.#run.close();
    } finally {
      this.#values.dispose();
      this.#owner.onLetGo();
      if (this.#isOver) this.end();
      else if (!this.#owner.isTracked()) this.end({ result: 'failure' });
    }
  }

  /** Ends the run, by a failure or else with what the fit came to. */
  end({ result, errorType }: Partial<Failure> = {}): void {
    this.#run.end(this.#values.failure ? 'non_finite' : (result ?? this.#ownResult()), errorType);
  }

  #ownResult(): TrainingResult {
    if (this.#values.hasStopped || this.#run.values.isDiverged) return 'non_finite';
    const isComplete = this.#finishedEpochs >= this.#plannedEpochs && this.#run.hasTakenPlannedSteps;
    return this.#model?.stopTraining === true && !isComplete ? 'early_stopped' : 'success';
  }

  /** Only the first epoch tells where a `fitDataset` begins: its parameters do not. */
  #plan(epoch: number): void {
    const { epochs, samples, batchSize, steps } = this.#params;
    this.#firstEpoch = epoch;
    if (epochs == null) return;
    this.#plannedEpochs = epochs - epoch;
    const stepsPerEpoch = steps ?? (samples != null && batchSize != null ? Math.ceil(samples / batchSize) : undefined);
    if (stepsPerEpoch !== undefined) this.#run.plan(stepsPerEpoch * this.#plannedEpochs);
  }
}
