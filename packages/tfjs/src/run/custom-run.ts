import { type Clock, defaultRegistry, HookErrors, type Registry, systemClock } from '@modelmeter/core';
import * as metric from '@modelmeter/core/training-metrics';
import { checkName, checkOneOf, checkSteps } from '../check-option.ts';
import { isSynchronous } from '../tensors/device-reads.ts';
import { failureOf } from './error-type.ts';
import { reportMemory } from '../tensors/memory-metrics.ts';
import { type MetricLabel, readMetricLabels } from './metric-label.ts';
import { newRunId } from './run-id.ts';
import type { TfLike } from '../tf-like.ts';
import { settle } from './settle.ts';
import { type Activity, recordRun, type TrainingResult, type TrainingRun } from './training-run.ts';

export interface CustomRunOptions {
  /** `ml.model.name`. */
  readonly model: string;
  /**
   * `ml.run.id`; `false` leaves it out.
   * @default a new one
   */
  readonly runId?: string | false;
  /** Your TensorFlow.js namespace, if the loop trains with it: for its back end and memory. */
  readonly tf?: TfLike;
  /**
   * Whether the work of a step is done when the step is, or only handed to a device.
   * @default 'dispatch' where the back end of `tf` is one that nobody waits for, else 'complete'
   */
  readonly timing?: 'complete' | 'dispatch';
  /** Steps that the run will take, an integer from 1; without it there is no progress. */
  readonly plannedSteps?: number;
  readonly batchSize?: number;
  /** Name of the optimizer, such as `Adam`. */
  readonly optimizer?: string;
  /** @default the registry of the process */
  readonly registry?: Registry;
  /** @default systemClock */
  readonly clock?: Clock;
}

/** What a part of a run may be spent on, beside steps. */
export type Phase = Exclude<Activity, 'compile' | 'compute'>;

/**
 * A training run whose loop is your own: `optimizer.minimize`, `trainOnBatch`, or another library. It records the same metrics as a fit. Its methods
 * never throw; what `step`, `phase` and `track` are given may, and that passes through.
 */
export class CustomRun {
  readonly #run: TrainingRun;
  readonly #errors: HookErrors;
  readonly #labels = new Map<string, MetricLabel>();
  readonly #learningRate;
  #epochs = 0;

  constructor(options: CustomRunOptions, registry: Registry, clock: Clock) {
    const { model, runId, tf, plannedSteps, batchSize, optimizer } = options;
    const backend = tf?.getBackend();
    const { timing = backend === undefined || isSynchronous(backend) ? 'complete' : 'dispatch' } = options;
    this.#errors = new HookErrors(registry);
    this.#run = recordRun({
      registry,
      clock,
      model,
      runId: runId === false ? undefined : (runId ?? newRunId(clock.unixSeconds())),
      timing,
      activities: [],
      optimizer,
      batchSize,
      backend,
    });
    this.#learningRate = this.#run.values.gauge(metric.trainingLearningRate);
    if (plannedSteps !== undefined) this.#run.plan(plannedSteps);
    this.#run.begin();
    this.#run.beginEpoch();
    this.#run.switchTo('other');
  }

  /**
   * Takes a step: `work` is timed until it returns or its promise settles, and counted if it succeeds.
   * @param samples how many samples the step trains on.
   * @returns what `work` returns.
   */
  step<T>(samples: number, work: () => T): T {
    const leave = this.#errors.guard('step', () => this.#run.beginStep());
    return settle(work, (hasSucceeded) =>
      this.#errors.guard('step', () => {
        if (hasSucceeded) this.#run.endStep(samples);
        leave?.();
      }),
    );
  }

  /** Has the time of `work` count as an activity, and returns what `work` returns. */
  phase<T>(phase: Phase, work: () => T): T {
    const leave = this.#errors.guard('phase', () => this.#run.enter(phase));
    return settle(work, () => this.#errors.guard('phase', () => leave?.()));
  }

  /** The loss of a batch, for `ml.training.batch.loss`. */
  batchLoss(value: number): void {
    this.#record('batchLoss', () => this.#run.values.setBatchLoss(value));
  }

  learningRate(value: number): void {
    this.#record('learningRate', () => this.#learningRate.set(value));
  }

  /** Ends an epoch. Its values go by the names of a fit's logs: `loss`, `accuracy`, `val_loss`, any other metric. */
  endEpoch(values: Readonly<Record<string, number>> = {}): void {
    this.#record('endEpoch', () => {
      this.#run.endEpoch(++this.#epochs);
      for (const [key, value] of Object.entries(values)) this.#run.values.setEpochValue(this.#label(key), value);
      this.#run.beginEpoch();
    });
  }

  /** Ends the run; later calls do nothing. @param result found from the losses by default: `non_finite` or `success`. */
  end(result?: TrainingResult): void {
    this.#errors.guard('end', () => this.#run.end(result ?? (this.#run.values.isDiverged ? 'non_finite' : 'success')));
  }

  /** Ends the run by an error: `cancelled` for an `AbortError`, else `failure`. */
  fail(error: unknown): void {
    const { result, errorType } = failureOf(error);
    this.#errors.guard('fail', () => this.#run.end(result, errorType));
  }

  /** Runs a loop and ends the run with it, however it ends. Returns what the loop returns and rejects with what it rejects with. */
  async track<T>(loop: () => Promise<T> | T): Promise<T> {
    try {
      const returned = await loop();
      this.end();
      return returned;
    } catch (error) {
      this.fail(error);
      throw error;
    }
  }

  /** A run that has ended keeps its last values. */
  #record(place: string, action: () => void): void {
    if (!this.#run.hasEnded()) this.#errors.guard(place, action);
  }

  #label(key: string): MetricLabel {
    let label = this.#labels.get(key);
    if (!label) {
      label = readMetricLabels([key]).get(key) as MetricLabel;
      this.#labels.set(key, label);
    }
    return label;
  }
}

/**
 * Begins a training run whose loop is your own.
 *
 * ```ts
 * const run = trainingRun({ model: 'gan', tf, plannedSteps: 1000 });
 * await run.track(async () => {
 *   for await (const batch of batches) run.step(batch.size, () => optimizer.minimize(() => loss(batch)));
 *   run.endEpoch({ loss: 0.3 });
 *   await run.phase('checkpoint', () => model.save('file://model'));
 * });
 * ```
 *
 * @throws TypeError or RangeError that names the option and its value.
 */
export function trainingRun(options: CustomRunOptions): CustomRun {
  const { model, runId, plannedSteps, timing, tf, registry = defaultRegistry(), clock = systemClock } = options;
  checkName('model', model);
  if (runId !== undefined && runId !== false) checkName('runId', runId);
  if (plannedSteps !== undefined) checkSteps('plannedSteps', plannedSteps);
  if (timing !== undefined) checkOneOf('timing', timing, ['complete', 'dispatch']);
  if (tf) reportMemory(tf, registry);
  return new CustomRun(options, registry, clock);
}
