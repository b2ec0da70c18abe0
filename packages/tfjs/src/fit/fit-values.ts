import type { BoundGauge } from '@modelmeter/core';
import * as metric from '@modelmeter/core/training-metrics';
import type { DeviceReads } from '../tensors/device-reads.ts';
import type { FitSettings } from './fit-options.ts';
import { squaredGradientNorm } from '../tensors/gradient-norm.ts';
import { Improvement } from './improvement.ts';
import { appliedLearningRate } from '../tensors/learning-rate.ts';
import { type MetricLabel, readMetricLabels } from '../run/metric-label.ts';
import { NonFiniteError } from './non-finite-error.ts';
import { outputNames } from './output-names.ts';
import type { RunValues } from '../run/run-values.ts';
import type { FitParams, Logs, ModelLike, ScalarLike, TensorLike } from '../tf-like.ts';
import { ValidationValues } from './validation-values.ts';
import { WeightNorms } from '../tensors/weight-norms.ts';

/** What is read from the logs, the optimizer and the weights of one fit. */
export class FitValues {
  readonly #settings: FitSettings;
  readonly #model: ModelLike | undefined;
  readonly #values: RunValues;
  readonly #reads: DeviceReads;
  readonly #labels: ReadonlyMap<string, MetricLabel>;
  /** Where the logs do not tell them. */
  readonly #validation: ValidationValues | undefined;
  readonly #learningRate: BoundGauge;
  readonly #improvement: Improvement | undefined;
  readonly #epochsWithoutImprovement: BoundGauge | undefined;
  readonly #weightNorms: WeightNorms | undefined;
  readonly #lossEverySeconds: number | false;
  #lossReadSeconds = -Infinity;
  #steps = 0;
  /** What the fit is to reject with. */
  failure: NonFiniteError | undefined;
  /** Whether the fit has been told to stop. */
  hasStopped = false;

  constructor(settings: FitSettings, params: FitParams, model: ModelLike | undefined, values: RunValues, reads: DeviceReads) {
    const { tf, monitor, onNonFinite, parameterNorms, gradientNormEverySteps, batchLossEverySeconds } = settings;
    this.#settings = settings;
    this.#model = model;
    this.#values = values;
    this.#reads = reads;
    const outputs = outputNames(model, params.metrics ?? []);
    this.#labels = readMetricLabels(params.metrics ?? [], outputs);
    if (outputs.length > 1) {
      const keys = [...this.#labels.keys()].filter((key) => this.#labels.get(key)?.split === 'validation');
      this.#validation = new ValidationValues(keys, reads, (scalar) => tf.keep(scalar.clone() as never) as ScalarLike);
    }
    for (const label of this.#labels.values()) values.declare(label);
    this.#learningRate = values.gauge(metric.trainingLearningRate);
    this.#improvement = monitor === false ? undefined : new Improvement(monitor, params.doValidation === true);
    this.#epochsWithoutImprovement = this.#improvement && values.gauge(metric.trainingEpochsWithoutImprovement);
    this.#weightNorms = model && parameterNorms !== false ? new WeightNorms(tf, model, reads) : undefined;
    if (this.#weightNorms) values.declareNonFinite('weights');
    if (gradientNormEverySteps !== false) values.declareNonFinite('gradient');
    const everyStep = reads.areImmediate && onNonFinite !== 'record';
    this.#lossEverySeconds = everyStep ? 0 : (batchLossEverySeconds ?? (reads.areImmediate ? 1 : false));
    values.onNonFinite = (what, value) => this.#onNonFinite(what, value);
  }

  /** Before the first step. */
  onTrainBegin(): void {
    this.#weightNorms?.remember();
  }

  readLearningRate(): void {
    const rate = appliedLearningRate(this.#model?.optimizer, this.#reads.areImmediate);
    if (rate !== undefined) this.#learningRate.set(rate);
  }

  /** Inside tfjs's `tidy`, before the gradients are applied. */
  onGradients(gradients: unknown): void {
    const { tf, gradientNormEverySteps } = this.#settings;
    if (gradientNormEverySteps === false || this.#steps % gradientNormEverySteps !== 0) return;
    const squared = tf.tidy(() => squaredGradientNorm(gradients) as never) as TensorLike | undefined;
    if (!squared) return;
    tf.keep(squared as never);
    this.#reads.own([squared], ([sum]) => this.#values.setGradientNorm(Math.sqrt(sum as number)));
  }

  onStepEnd(logs: Logs, nowSeconds: number): void {
    this.#steps++;
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

  onEpochEnd(logs: Logs): void {
    for (const [key, label] of this.#labels) {
      // Without the value in the logs there was no validation.
      if (logs[key] === undefined) continue;
      const take = (value: number) => {
        this.#values.setEpochValue(label, value);
        if (key === this.#improvement?.name) this.#addToImprovement(value);
      };
      if (label.split === 'validation' && this.#validation) this.#validation.read(key, take);
      else this.#reads.logged(logs[key], take);
    }
    this.forgetValidation();
    this.readLearningRate();
    this.#weightNorms?.measure((norms) => {
      for (const [layer, one] of norms) {
        if (layer === '') this.#values.setNorms(one, undefined);
        else if (this.#settings.parameterNorms === 'layers') this.#values.setNorms(one, layer);
      }
    });
  }

  dispose(): void {
    this.forgetValidation();
    this.#weightNorms?.dispose();
  }

  #addToImprovement(value: number): void {
    if (!this.#improvement) return;
    this.#improvement.add(value);
    this.#epochsWithoutImprovement?.set(this.#improvement.epochsWithout);
  }

  #onNonFinite(what: string, value: number): void {
    const { onNonFinite } = this.#settings;
    if (onNonFinite === 'stop' && this.#model) this.#model.stopTraining = this.hasStopped = true;
    if (onNonFinite === 'throw') this.failure ??= new NonFiniteError(what, value);
  }
}
