import type { AttributesOf, BoundCounter, BoundGauge, BoundOf, MetricDefinition, Registry, RunSeries } from '@modelmeter/core';
import * as attribute from '@modelmeter/core/attributes';
import * as metric from '@modelmeter/core/training-metrics';
import type { MetricLabel } from './metric-label.ts';

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
  readonly #epochValues = new Map<MetricLabel, EpochValue>();
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
    this.#batchLossNonFinite = this.nonFinite('loss');
  }

  /** A gauge of the run; absent until set. */
  gauge(definition: RunGauge): BoundGauge {
    return this.#series.bind(definition, this.#ofRun);
  }

  /** Makes a loss or metric known, with its count of non-finite values at 0. */
  declare(label: MetricLabel): void {
    this.#epochValue(label);
  }

  setEpochValue(label: MetricLabel, value: number): void {
    const { gauge, nonFinite } = this.#epochValue(label);
    if (label.split === 'train' && label.kind === 'loss' && label.output === undefined) this.isDiverged = !Number.isFinite(value);
    this.setFinite(gauge, nonFinite, label.name, value);
  }

  setBatchLoss(value: number): void {
    this.isDiverged = !Number.isFinite(value);
    this.setFinite(this.#batchLoss, this.#batchLossNonFinite, 'loss', value);
  }

  /** A series of the model, over all of its runs. */
  ofModel<D extends MetricDefinition>(definition: D, more: Omit<AttributesOf<D>, typeof attribute.modelName.key>): BoundOf<D> {
    return this.#registry.bind(definition, { ...this.#model, ...more } as unknown as AttributesOf<D>);
  }

  /** How often something was NaN or infinite; 0 from here on. */
  nonFinite(what: string, split: MetricLabel['split'] = 'train'): BoundCounter {
    return this.ofModel(metric.trainingNonFinite, { [attribute.datasetSplit.key]: split, [attribute.metricName.key]: what });
  }

  /** Sets a gauge; a value that is not finite is counted as one of `what`. */
  setFinite(gauge: BoundGauge, nonFinite: BoundCounter, what: string, value: number): void {
    if (Number.isFinite(value)) {
      gauge.set(value);
      return;
    }
    nonFinite.add();
    this.onNonFinite(what, value);
  }

  #epochValue(label: MetricLabel): EpochValue {
    let value = this.#epochValues.get(label);
    if (!value)
      this.#epochValues.set(label, (value = { gauge: this.#epochGauge(label), nonFinite: this.nonFinite(label.name, label.split) }));
    return value;
  }

  #epochGauge({ split, kind, name, output }: MetricLabel): BoundGauge {
    const place = { ...this.#ofRun, [attribute.datasetSplit.key]: split, [attribute.outputName.key]: output };
    if (kind === 'loss') return this.#series.bind(metric.trainingLoss, place);
    if (kind === 'accuracy') return this.#series.bind(metric.trainingAccuracy, place);
    return this.#series.bind(metric.trainingMetric, { ...place, [attribute.metricName.key]: name });
  }
}
