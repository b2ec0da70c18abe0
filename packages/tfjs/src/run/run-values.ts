import type { AttributesOf, BoundCounter, BoundGauge, BoundOf, MetricDefinition, Registry, RunSeries } from '@modelmeter/core';
import * as attribute from '@modelmeter/core/attributes';
import * as metric from '@modelmeter/core/training-metrics';
import type { MetricLabel } from './metric-label.ts';

type RunGauge =
  | typeof metric.trainingBatchLoss
  | typeof metric.trainingEpochsWithoutImprovement
  | typeof metric.trainingEpoch
  | typeof metric.trainingLastStepTime
  | typeof metric.trainingLearningRate
  | typeof metric.trainingProgress
  | typeof metric.trainingRunEndTime
  | typeof metric.trainingRunStartTime;

/** The losses, metrics and other last values of a run. */
export type RunValues = ReturnType<typeof runValues>;

/**
 * @param model what tells the series of a model apart, over all of its runs.
 * @param run what tells the series of a run apart.
 */
export function runValues(
  registry: Registry,
  series: RunSeries,
  model: AttributesOf<typeof metric.trainingSteps>,
  run: AttributesOf<typeof metric.trainingEpoch>,
) {
  /** A gauge of the run; absent until set. */
  const gauge = (definition: RunGauge): BoundGauge => series.bind<RunGauge>(definition, run);

  /** A series of the model, over all of its runs. */
  const ofModel = <D extends MetricDefinition>(definition: D, more: Omit<AttributesOf<D>, typeof attribute.modelName.key>): BoundOf<D> =>
    registry.bind(definition, { ...model, ...more } as unknown as AttributesOf<D>);

  /** How often something was NaN or infinite; 0 from here on. */
  const nonFinite = (what: string, split: MetricLabel['split'] = 'train'): BoundCounter =>
    ofModel(metric.trainingNonFinite, { [attribute.datasetSplit.key]: split, [attribute.metricName.key]: what });

  const epochGauge = ({ split, kind, name, output }: MetricLabel): BoundGauge => {
    const place = { ...run, [attribute.datasetSplit.key]: split, [attribute.outputName.key]: output };
    if (kind === 'loss') return series.bind(metric.trainingLoss, place);
    if (kind === 'accuracy') return series.bind(metric.trainingAccuracy, place);
    return series.bind(metric.trainingMetric, { ...place, [attribute.metricName.key]: name });
  };

  const epochValues = new Map<MetricLabel, { readonly gauge: BoundGauge; readonly nonFinite: BoundCounter }>();
  const epochValue = (label: MetricLabel) => {
    let value = epochValues.get(label);
    if (!value) epochValues.set(label, (value = { gauge: epochGauge(label), nonFinite: nonFinite(label.name, label.split) }));
    return value;
  };

  const batchLoss = gauge(metric.trainingBatchLoss);
  const batchLossNonFinite = nonFinite('loss');

  const values = {
    /** Whether the last training loss, of a batch or an epoch, or the weights after it were NaN or infinite. */
    isDiverged: false,
    /** Called with what was not finite. */
    onNonFinite: (_what: string, _value: number): void => {},
    gauge,
    ofModel,
    nonFinite,

    /** Makes a loss or metric known, with its count of non-finite values at 0. */
    declare: (label: MetricLabel): void => void epochValue(label),

    setEpochValue(label: MetricLabel, value: number): void {
      const { gauge, nonFinite } = epochValue(label);
      if (label.split === 'train' && label.kind === 'loss' && label.output === undefined) values.isDiverged = !Number.isFinite(value);
      values.setFinite(gauge, nonFinite, label.name, value);
    },

    setBatchLoss(value: number): void {
      values.isDiverged = !Number.isFinite(value);
      values.setFinite(batchLoss, batchLossNonFinite, 'loss', value);
    },

    /** Sets a gauge; a value that is not finite is counted as one of `what`. */
    setFinite(gauge: BoundGauge, nonFinite: BoundCounter, what: string, value: number): void {
      if (Number.isFinite(value)) gauge.set(value);
      else {
        nonFinite.add();
        values.onNonFinite(what, value);
      }
    },
  };
  return values;
}
