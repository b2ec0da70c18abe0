import type { HookErrors } from '@modelmeter/core';
import type { Activity } from '../run/activity-ledger.ts';
import { DeviceReads } from '../tensors/device-reads.ts';
import type { Failure } from '../run/error-type.ts';
import type { FitSettings } from './fit-options.ts';
import type { ProbeHooks } from './fit-probe.ts';
import { FitValues } from './fit-values.ts';
import { stableModelName } from '../model-name.ts';
import { newRunId } from '../run/run-id.ts';
import { stepsPerEpoch } from './steps-per-epoch.ts';
import type { FitParams, Logs, ModelLike } from '../tf-like.ts';
import { type TrainingResult, TrainingRun } from '../run/training-run.ts';
import type { FitWatcher } from './watch-fit.ts';

/** What the callback that made an observer is to know of its fit. */
export interface FitOwner {
  readonly errors: HookErrors;
  /** The fit is over. */
  onLetGo(): void;
  /** Whether somebody who will know the error of a fit that threw is going to call `end`. */
  isTracked(): boolean;
}

type Hook<H extends keyof ProbeHooks> = Required<ProbeHooks>[H];

/** Follows one fit: tells its run what goes on when, and its values when to be read. */
export class FitObserver implements FitWatcher {
  readonly #params: FitParams;
  readonly #model: ModelLike | undefined;
  readonly #reads: DeviceReads;
  readonly #run: TrainingRun;
  readonly #values: FitValues;
  readonly #probes: readonly ProbeHooks[];
  /** What goes on between two steps: in `fitDataset` the dataset makes the next batch, in `fit` the next callbacks are called. */
  readonly #betweenSteps: Activity;
  readonly #owner: FitOwner;
  readonly #stepsPerEpoch: number | undefined;
  #firstEpoch: number | undefined;
  #plannedEpochs = 0;
  #finishedEpochs = 0;
  #isInStep = false;
  #isOver = false;

  constructor(settings: FitSettings, params: FitParams, model: ModelLike | undefined, owner: FitOwner) {
    const { tf, registry, clock, runId, probes } = settings;
    this.#params = params;
    this.#model = model;
    this.#owner = owner;
    const backend = tf.getBackend();
    this.#reads = new DeviceReads(backend, (error) => owner.errors.report('reading a value', error));
    const isDataset = params.samples == null;
    this.#stepsPerEpoch = stepsPerEpoch(params);
    this.#betweenSteps = isDataset ? 'data_wait' : 'callback';
    this.#run = new TrainingRun({
      registry,
      clock,
      model: settings.model ?? stableModelName(model?.name),
      runId: runId === false ? undefined : (runId ?? newRunId(clock.unixSeconds())),
      timing: this.#reads.areImmediate ? 'complete' : 'dispatch',
      isTimed: this.#reads.areImmediate || probes.some((probe) => probe.waitsForDevice),
      activities: [...(isDataset ? (['data_wait'] as const) : []), ...(params.doValidation ? (['validation'] as const) : [])],
      optimizer: model?.optimizer?.getClassName?.(),
      batchSize: params.batchSize ?? undefined,
      backend,
    });
    this.#values = new FitValues(settings, params, model, this.#run.values, this.#reads);
    const fit = { tf, clock, params, model, labels: this.#values.labels, run: this.#run, reads: this.#reads, errors: owner.errors };
    this.#probes = probes.map((probe) => probe.begin(fit));
    this.#run.begin();
  }

  /** The callbacks begin to hear of something, so what went on between two steps is over. */
  onCallbacksBegin(): void {
    if (this.#betweenSteps !== 'callback') this.#run.switchTo('callback');
  }

  onEpochBegin(epoch: number): void {
    if (this.#firstEpoch === undefined) {
      this.#plan(epoch);
      this.#tell('onTrainBegin');
    }
    this.#tell('onEpochBegin');
    this.#run.beginEpoch();
    this.#run.switchTo(this.#betweenSteps);
    this.#values.readLearningRate();
  }

  onBatchBegin(): void {
    this.#isInStep = true;
    // In `fit` the validation is part of a step.
    if (this.#betweenSteps === 'callback') this.#values.forgetValidation();
    this.#run.beginStep();
    this.#tell('onStepBegin');
  }

  onGradients(gradients: unknown): void {
    if (this.#run.isInStep) this.#tell('onGradients', gradients);
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

  onBatchEnd(_batch: number, logs: Logs = {}): void {
    this.onStepDone(logs);
    this.#tell('onStepEnd', logs);
    if (this.#betweenSteps === 'callback') return;
    // In `fitDataset` the validation comes after a step.
    this.#values.forgetValidation();
    this.#run.switchTo(this.#betweenSteps);
  }

  /** After a step, where a probe waits for the device. */
  waitAfterStep(logs: Logs): Promise<void> | undefined {
    return this.#tell('onStepDone', logs);
  }

  /** The same at the end of an epoch. */
  waitAfterEpoch(logs: Logs): Promise<void> | undefined {
    return this.#tell('onEpochDone', logs);
  }

  /** Tells the probes, and returns what is to be waited for. */
  #tell<H extends keyof ProbeHooks>(hook: H, told?: Parameters<Hook<H>>[0]): ReturnType<Hook<H>> {
    let waiting: unknown;
    for (const probe of this.#probes) waiting = probe[hook]?.(told as never) ?? waiting;
    return waiting as ReturnType<Hook<H>>;
  }

  onEpochEnd(epoch: number, logs: Logs = {}): void {
    this.#finishedEpochs++;
    this.#run.endEpoch(epoch + 1);
    this.#run.switchTo('callback');
    this.#values.onEpochEnd(logs, (known) => this.#tell('onEpochValue', known));
    this.#tell('onEpochEnd');
  }

  onValidation(): (returned: unknown) => void {
    this.#tell('onValidation');
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
      this.#dispose();
      if (this.#isOver) this.end();
      else if (!this.#owner.isTracked()) this.end({ result: 'failure' });
    }
  }

  /** Leaves a fit that has just begun to another observer. */
  withdraw(): void {
    if (this.#run.hasEnded) return;
    this.#run.withdraw();
    this.#dispose();
  }

  #dispose(): void {
    this.#values.forgetValidation();
    this.#tell('dispose');
    this.#owner.onLetGo();
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
    const { epochs } = this.#params;
    this.#firstEpoch = epoch;
    if (epochs == null) return;
    this.#plannedEpochs = epochs - epoch;
    if (this.#stepsPerEpoch !== undefined) this.#run.plan(this.#stepsPerEpoch * this.#plannedEpochs);
  }
}
