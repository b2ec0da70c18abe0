import type { Clock, Registry } from '@modelmeter/core';
import { trainingMetrics } from '@modelmeter/core';
import type { Activity } from './activity-ledger.ts';
import { turnEventLoop } from './event-loop-turn.ts';
import { appliedLearningRate } from './learning-rate.ts';
import { holdHistory } from './memory-metrics.ts';
import { type MetricLabel, readMetricLabels } from './metric-label.ts';
import { stableModelName } from './model-name.ts';
import { trueValidationKeys } from './multi-output-validation.ts';
import { readScalar } from './read-scalar.ts';
import { newRunId } from './run-id.ts';
import type { FitParams, Logs, ModelLike, TfLike } from './tf-like.ts';
import { type TrainingResult, TrainingRun } from './training-run.ts';
import { watchModel } from './watch-model.ts';

/** Back ends whose operations are done when they return, so that reading a tensor waits for nothing. */
const SYNCHRONOUS_BACKENDS = new Set(['cpu', 'wasm', 'tensorflow']);
const SAMPLE_EVERY_SECONDS = 1;

export interface FitObserverOptions {
  readonly tf: TfLike;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly model: string | undefined;
  readonly runId: string | false | undefined;
  readonly yieldEverySeconds: number | false;
  readonly onHookError: (hook: string, error: unknown) => void;
}

/** Follows one fit, from `onTrainBegin` to its end, and tells its run what happens. */
export class FitObserver {
  readonly #options: FitObserverOptions;
  readonly #params: FitParams;
  readonly #model: ModelLike | undefined;
  readonly #canReadTensors: boolean;
  readonly #labels: ReadonlyMap<string, MetricLabel>;
  /** What goes on between two steps: in `fitDataset` the dataset makes the next batch, in `fit` other callbacks run. */
  readonly #betweenSteps: Activity;
  readonly #run: TrainingRun;
  readonly #learningRate;
  readonly #undo: (() => void)[] = [];
  readonly #pendingReads = new Set<Promise<void>>();
  #firstEpoch: number | undefined;
  #plannedEpochs = 0;
  #finishedEpochs = 0;
  #lastTurnSeconds: number;
  #lastSampleSeconds: number;

  constructor(options: FitObserverOptions, params: FitParams, model: ModelLike | undefined) {
    const { tf, registry, clock, runId } = options;
    this.#options = options;
    this.#params = params;
    this.#model = model;
    const backend = tf.getBackend();
    this.#canReadTensors = SYNCHRONOUS_BACKENDS.has(backend);
    this.#labels = readMetricLabels(params.metrics ?? [], model?.outputNames);
    const isDataset = params.samples == null;
    this.#betweenSteps = isDataset ? 'data_wait' : 'callback';
    this.#run = new TrainingRun({
      registry,
      clock,
      model: options.model ?? stableModelName(model?.name),
      runId: runId === false ? undefined : (runId ?? newRunId(clock.unixSeconds())),
      timing: this.#canReadTensors ? 'complete' : 'dispatch',
      activities: [...(isDataset ? (['data_wait'] as const) : []), ...(params.doValidation ? (['validation'] as const) : [])],
      optimizer: model?.optimizer?.getClassName?.(),
      batchSize: params.batchSize ?? undefined,
      backend,
    });
    this.#learningRate = this.#run.values.gauge(trainingMetrics.trainingLearningRate);
    for (const label of this.#labels.values()) this.#run.values.declare(label);
    this.#lastTurnSeconds = clock.monotonicSeconds();
    this.#lastSampleSeconds = -Infinity;
    if (model) this.#undo.push(holdHistory(model), watchModel(model, this.#watcher()));
  }

  /** @param epoch counted from the first epoch of the model. */
  beginEpoch(epoch: number): void {
    if (this.#firstEpoch === undefined) this.#begin(epoch);
    this.#run.beginEpoch();
    this.#run.switchTo(this.#betweenSteps);
    this.#readLearningRate();
  }

  beginStep(): void {
    this.#run.beginStep();
  }

  /** Returns a promise only when the event loop gets its turn, so that an ordinary step does not wait. */
  endStep(logs: Logs): Promise<void> | undefined {
    this.#run.endStep(typeof logs['size'] === 'number' ? logs['size'] : 0, this.#betweenSteps);
    const { clock, yieldEverySeconds } = this.#options;
    const now = clock.monotonicSeconds();
    if (now - this.#lastSampleSeconds >= SAMPLE_EVERY_SECONDS) {
      this.#lastSampleSeconds = now;
      this.#sample(logs);
    }
    return yieldEverySeconds !== false && now - this.#lastTurnSeconds >= yieldEverySeconds ? this.#turn() : undefined;
  }

  endEpoch(epoch: number, logs: Logs): void {
    this.#finishedEpochs++;
    this.#run.endEpoch(epoch + 1);
    this.#run.switchTo('callback');
    const source = trueValidationKeys(this.#params.metrics ?? [], this.#model?.outputNames?.length ?? 1);
    for (const [key, label] of this.#labels) {
      const value = logs[source(key) ?? ''];
      if (value !== undefined) this.#read(value, (number) => this.#run.values.setEpochValue(label, number));
    }
    this.#readLearningRate();
  }

  async end(): Promise<void> {
    await Promise.allSettled(this.#pendingReads);
    const isStopped = this.#model?.stopTraining === true && this.#finishedEpochs < this.#plannedEpochs;
    this.#finish(this.#run.values.isDiverged ? 'non_finite' : isStopped ? 'early_stopped' : 'success');
  }

  /** Only the first epoch tells where a `fitDataset` begins: its parameters do not. */
  #begin(epoch: number): void {
    const { epochs, samples, batchSize, steps } = this.#params;
    this.#firstEpoch = epoch;
    if (epochs == null) return;
    this.#plannedEpochs = epochs - epoch;
    const stepsPerEpoch = steps ?? (samples != null && batchSize != null ? Math.ceil(samples / batchSize) : undefined);
    if (stepsPerEpoch !== undefined) this.#run.plan(stepsPerEpoch * this.#plannedEpochs);
  }

  #finish(result: TrainingResult): void {
    for (const undo of this.#undo.splice(0)) undo();
    this.#run.end(result);
  }

  #watcher() {
    const { onHookError } = this.#options;
    const guarded = (hook: string, action: () => void) => {
      try {
        action();
      } catch (error) {
        onHookError(hook, error);
      }
    };
    return {
      onValidation: () => {
        let leave: (() => void) | undefined;
        guarded('onValidation', () => (leave = this.#run.enter('validation')));
        return () => guarded('onValidation', () => leave?.());
      },
      onAbort: () => guarded('onAbort', () => this.#finish('failure')),
    };
  }

  async #turn(): Promise<void> {
    const leave = this.#run.enter('other');
    await turnEventLoop();
    leave();
    this.#lastTurnSeconds = this.#options.clock.monotonicSeconds();
  }

  /** Once a second: what is worth knowing between epochs, where knowing it costs nothing. */
  #sample(logs: Logs): void {
    const loss = logs['loss'];
    if (loss === undefined || !(typeof loss === 'number' || this.#canReadTensors)) return;
    this.#read(loss, (value) => this.#run.values.setBatchLoss(value));
    this.#readLearningRate();
  }

  #readLearningRate(): void {
    const rate = appliedLearningRate(this.#model?.optimizer, this.#canReadTensors);
    if (rate !== undefined) this.#learningRate.set(rate);
  }

  #read(value: NonNullable<Logs[string]>, take: (value: number) => void): void {
    const reading = readScalar(value, this.#canReadTensors, take)
      ?.catch((error: unknown) => this.#options.onHookError('read', error))
      .finally(() => this.#pendingReads.delete(reading as Promise<void>));
    if (reading) this.#pendingReads.add(reading);
  }
}
