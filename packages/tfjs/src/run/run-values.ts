import type { AttributesOf, BoundCounter, BoundGauge, Registry, RunSeries } from '@modelmeter/core';
import * as attribute from '@modelmeter/core/attributes';
import * as metric from '@modelmeter/core/training-metrics';
import type { MetricLabel } from './metric-label.ts';
import type { Norms } from '../tensors/weight-norms.ts';

/** What tells the series of a model apart, over all of its runs. */
export type OfModel = AttributesOf<typeof metric.trainingSteps>;

/** What tells the series of a run apart. */
export type OfRun = AttributesOf<typeof metric.trainingEpoch>;

type RunGauge =
  | typeof metric.trainingBatchLoss
  | typeof metric.trainingEpochsWithoutImprovement
  | typeof metric.trainingEpoch
  | typeof metric.trainingLastStepTime
  | typeof metric.trainingLearningRate
  | typeof metric.trainingProgress
  | typeof metric.trainingRunEndTime
  | typeof metric.trainingRunStartTime;

interface EpochValue {
  readonly gauge: BoundGauge;
  readonly nonFinite: BoundCounter;
}

/** The losses, metrics and other last values of a run. */
export class RunValues {
  readonly #registry: Registry;
  readonly #series: RunSeries;
  readonly #model: OfModel;
  readonly #ofRun: OfRun;
  readonly #epochValues = new Map<string, EpochValue>();
  readonly #batchLoss: BoundGauge;
  readonly #batchLossNonFinite: BoundCounter;
  /** Whether the last training loss, of a batch or an epoch, or the weights after it were NaN or infinite. */
  isDiverged = false;
  /** Called with what was not finite. */
  onNonFinite: (what: string, value: number) => void = () => {};

  constructor(registry: Registry, series: RunSeries, model: OfModel, ofRun: OfRun) {
    this.#registry = registry;
    this.#series = series;
    this.#model = model;
    this.#ofRun = ofRun;
    this.#batchLoss = this.gauge(metric.trainingBatchLoss);
    this.#batchLossNonFinite = this.#nonFinite('train', 'loss');
  }

  /** A gauge of the run; absent until set. */
  gauge(definition: RunGauge): BoundGauge {
    return this.#series.bind(definition, this.#ofRun);
  }

  /** Makes a loss or metric known, with its count of non-finite values at 0. */
  declare(label: MetricLabel): void {
    this.#epochValue(label);
  }

  /** Has the count of non-finite values of something else begin at 0. */
  declareNonFinite(what: 'weights' | 'gradient'): void {
    this.#nonFinite('train', what);
  }

  setEpochValue(label: MetricLabel, value: number): void {
    const { gauge, nonFinite } = this.#epochValue(label);
    if (label.split === 'train' && label.kind === 'loss' && label.output === undefined) this.isDiverged = !Number.isFinite(value);
    this.#setFinite(gauge, nonFinite, label.name, value);
  }

  setBatchLoss(value: number): void {
    this.isDiverged = !Number.isFinite(value);
    this.#setFinite(this.#batchLoss, this.#batchLossNonFinite, 'loss', value);
  }

  /** Norms of the weights, of the whole model or of one layer. */
  setNorms(norms: Norms, layer: string | undefined): void {
    const of = { ...this.#model, [attribute.layerName.key]: layer };
    if (layer === undefined) {
      this.isDiverged ||= !Number.isFinite(norms.norm);
      this.#setFinite(this.#registry.bind(metric.trainingParameterNorm, of), this.#nonFinite('train', 'weights'), 'weights', norms.norm);
    } else if (Number.isFinite(norms.norm)) this.#registry.bind(metric.trainingParameterNorm, of).set(norms.norm);
    if (Number.isFinite(norms.relativeUpdate))
      this.#registry.bind(metric.trainingParameterRelativeUpdate, of).set(norms.relativeUpdate as number);
  }

  setGradientNorm(norm: number): void {
    this.#setFinite(this.#registry.bind(metric.trainingGradientNorm, this.#model), this.#nonFinite('train', 'gradient'), 'gradient', norm);
  }

  #setFinite(gauge: BoundGauge, nonFinite: BoundCounter, what: string, value: number): void {
    if (Number.isFinite(value)) {
      gauge.set(value);
      return;
    }
    nonFinite.add();
    this.onNonFinite(what, value);
  }

  #epochValue(label: MetricLabel): EpochValue {
    const key = JSON.stringify([label.split, label.kind, label.name, label.output]);
    let value = this.#epochValues.get(key);
    if (!value)
      this.#epochValues.set(key, (value = { gauge: this.#epochGauge(label), nonFinite: this.#nonFinite(label.split, label.name) }));
    return value;
  }

  #epochGauge({ split, kind, name, output }: MetricLabel): BoundGauge {
    const place = { ...this.#ofRun, [attribute.datasetSplit.key]: split, [attribute.outputName.key]: output };
    if (kind === 'loss') return this.#series.bind(metric.trainingLoss, place);
    if (kind === 'accuracy') return this.#series.bind(metric.trainingAccuracy, place);
    return this.#series.bind(metric.trainingMetric, { ...place, [attribute.metricName.key]: name });
  }

  #nonFinite(split: MetricLabel['split'], name: string): BoundCounter {
    return this.#registry.bind(metric.trainingNonFinite, {
      ...this.#model,
      [attribute.datasetSplit.key]: split,
      [attribute.metricName.key]: name,
    });
  }
}
