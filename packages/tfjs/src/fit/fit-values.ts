import type { BoundGauge } from '@modelmeter/core';
import * as metric from '@modelmeter/core/training-metrics';
import type { DeviceReads } from '../tensors/device-reads.ts';
import type { FitSettings } from './fit-options.ts';
import { appliedLearningRate } from '../tensors/learning-rate.ts';
import { type MetricLabel, readMetricLabels } from '../run/metric-label.ts';
import { NonFiniteError } from './non-finite-error.ts';
import { outputNames } from './output-names.ts';
import type { RunValues } from '../run/run-values.ts';
import type { FitParams, Logs, ModelLike, ScalarLike } from '../tf-like.ts';
import { ValidationValues } from './validation-values.ts';

/** What is read from the logs, the optimizer and the weights of one fit. */
export class FitValues {
  readonly #settings: FitSettings;
  readonly #model: ModelLike | undefined;
  readonly #values: RunValues;
  readonly #reads: DeviceReads;
  /** The losses and metrics that the epochs end with, by their keys in tfjs's logs. */
  readonly labels: ReadonlyMap<string, MetricLabel>;
  /** Where the logs do not tell them. */
  readonly #validation: ValidationValues | undefined;
  readonly #learningRate: BoundGauge;
  readonly #lossEverySeconds: number | false;
  #lossReadSeconds = -Infinity;
  /** What the fit is to reject with. */
  failure: NonFiniteError | undefined;
  /** Whether the fit has been told to stop. */
  hasStopped = false;

  constructor(settings: FitSettings, params: FitParams, model: ModelLike | undefined, values: RunValues, reads: DeviceReads) {
    const { tf, onNonFinite, batchLossEverySeconds } = settings;
    this.#settings = settings;
    this.#model = model;
    this.#values = values;
    this.#reads = reads;
    const outputs = outputNames(model, params.metrics ?? []);
    this.labels = readMetricLabels(params.metrics ?? [], outputs);
    if (outputs.length > 1) {
      const keys = [...this.labels.keys()].filter((key) => this.labels.get(key)?.split === 'validation');
      this.#validation = new ValidationValues(keys, reads, (scalar) => tf.keep(scalar.clone() as never) as ScalarLike);
    }
    for (const label of this.labels.values()) values.declare(label);
    this.#learningRate = values.gauge(metric.trainingLearningRate);
    const everyStep = reads.areImmediate && onNonFinite !== 'record';
    this.#lossEverySeconds = everyStep ? 0 : (batchLossEverySeconds ?? (reads.areImmediate ? 1 : false));
    values.onNonFinite = (what, value) => this.#onNonFinite(what, value);
  }

  readLearningRate(): void {
    const rate = appliedLearningRate(this.#model?.optimizer, this.#reads.areImmediate);
    if (rate !== undefined) this.#learningRate.set(rate);
  }

  onStepEnd(logs: Logs, nowSeconds: number): void {
    if (this.#lossEverySeconds === false || nowSeconds - this.#lossReadSeconds < this.#lossEverySeconds) return;
    this.#lossReadSeconds = nowSeconds;
    this.#reads.logged(logs['loss'], (value) => this.#values.setBatchLoss(value));
    this.readLearningRate();
  }

  /** @param returned what tfjs's validation, or an evaluation of the user's, has returned. */
  onValidation(returned: unknown): void {
    this.#validation?.take(returned);
  }

  forgetValidation(): void {
    this.#validation?.forget();
  }

  /** @param onValue called with each value when it is known. */
  onEpochEnd(logs: Logs, onValue: (known: { readonly key: string; readonly value: number }) => void): void {
    for (const [key, label] of this.labels) {
      // Without the value in the logs there was no validation.
      if (logs[key] === undefined) continue;
      const take = (value: number) => {
        this.#values.setEpochValue(label, value);
        onValue({ key, value });
      };
      if (label.split === 'validation' && this.#validation) this.#validation.read(key, take);
      else this.#reads.logged(logs[key], take);
    }
    this.forgetValidation();
    this.readLearningRate();
  }

  #onNonFinite(what: string, value: number): void {
    const { onNonFinite } = this.#settings;
    if (onNonFinite === 'stop' && this.#model) this.#model.stopTraining = this.hasStopped = true;
    if (onNonFinite === 'throw') this.failure ??= new NonFiniteError(what, value);
  }
}
