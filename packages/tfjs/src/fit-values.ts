import { type BoundGauge, trainingMetrics as metric } from '@modelmeter/core';
import type { DeviceReads } from './device-reads.ts';
import type { FitSettings } from './fit-options.ts';
import { squaredGradientNorm } from './gradient-norm.ts';
import { Improvement } from './improvement.ts';
import { appliedLearningRate } from './learning-rate.ts';
import { type MetricLabel, readMetricLabels } from './metric-label.ts';
import { trueValidationKeys } from './multi-output-validation.ts';
import { NonFiniteError } from './non-finite-error.ts';
import type { RunValues } from './run-values.ts';
import type { FitParams, Logs, ModelLike } from './tf-like.ts';
import { WeightNorms } from './weight-norms.ts';

/** What is read from the logs, the optimizer and the weights of one fit. */
export class FitValues {
  readonly #settings: FitSettings;
  readonly #model: ModelLike | undefined;
  readonly #values: RunValues;
  readonly #reads: DeviceReads;
  readonly #labels: ReadonlyMap<string, MetricLabel>;
  readonly #trueKey: (key: string) => string | undefined;
  readonly #learningRate: BoundGauge;
  readonly #improvement: Improvement | undefined;
  readonly #epochsWithoutImprovement: BoundGauge | undefined;
  readonly #weightNorms: WeightNorms | undefined;
  readonly #lossEverySeconds: number | false;
  #lossReadSeconds = -Infinity;
  #steps = 0;
  /** What the fit is to reject with. */
  failure: NonFiniteError | undefined;

  constructor(settings: FitSettings, params: FitParams, model: ModelLike | undefined, values: RunValues, reads: DeviceReads) {
    const { tf, monitor, onNonFinite, parameterNorms, gradientNormEverySteps, batchLossEverySeconds } = settings;
    this.#settings = settings;
    this.#model = model;
    this.#values = values;
    this.#reads = reads;
    this.#labels = readMetricLabels(params.metrics ?? [], model?.outputNames);
    this.#trueKey = trueValidationKeys(params.metrics ?? [], model?.outputNames?.length ?? 1);
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

  readLearningRate(): void {
    const rate = appliedLearningRate(this.#model?.optimizer, this.#reads.areImmediate);
    if (rate !== undefined) this.#learningRate.set(rate);
  }

  /** Inside tfjs's `tidy`, before the gradients are applied. */
  onGradients(gradients: unknown): void {
    const { tf, gradientNormEverySteps } = this.#settings;
    if (gradientNormEverySteps === false || this.#steps % gradientNormEverySteps !== 0) return;
    const [squared] = tf.tidy(() => [squaredGradientNorm(gradients)].filter((tensor) => tensor !== undefined));
    if (squared) this.#reads.own([tf.keep(squared)], ([sum]) => this.#values.setGradientNorm(Math.sqrt(sum as number)));
  }

  onStepEnd(logs: Logs, nowSeconds: number): void {
    this.#steps++;
    if (this.#lossEverySeconds === false || nowSeconds - this.#lossReadSeconds < this.#lossEverySeconds) return;
    this.#lossReadSeconds = nowSeconds;
    this.#reads.logged(logs['loss'], (value) => this.#values.setBatchLoss(value));
    this.readLearningRate();
  }

  onEpochEnd(logs: Logs): void {
    for (const [key, label] of this.#labels) {
      this.#reads.logged(logs[this.#trueKey(key) ?? ''], (value) => {
        this.#values.setEpochValue(label, value);
        if (key === this.#improvement?.name) this.#addToImprovement(value);
      });
    }
    this.readLearningRate();
    this.#weightNorms?.measure((norms) => {
      for (const [layer, one] of norms) {
        if (layer === '') this.#values.setNorms(one, undefined);
        else if (this.#settings.parameterNorms === 'layers') this.#values.setNorms(one, layer);
      }
    });
  }

  dispose(): void {
    this.#weightNorms?.dispose();
  }

  #addToImprovement(value: number): void {
    if (!this.#improvement) return;
    this.#improvement.add(value);
    this.#epochsWithoutImprovement?.set(this.#improvement.epochsWithout);
  }

  #onNonFinite(what: string, value: number): void {
    const { onNonFinite } = this.#settings;
    if (onNonFinite === 'stop' && this.#model) this.#model.stopTraining = true;
    if (onNonFinite === 'throw') this.failure ??= new NonFiniteError(what, value);
  }
}
