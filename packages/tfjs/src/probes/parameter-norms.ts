import type { BoundCounter } from '@modelmeter/core';
import * as attribute from '@modelmeter/core/attributes';
import * as metric from '@modelmeter/core/training-metrics';
import { checkOneOf } from '../check-option.ts';
import type { FitProbe } from '../fit/fit-probe.ts';
import type { RunValues } from '../run/run-values.ts';
import { type Norms, WeightNorms } from '../tensors/weight-norms.ts';

export interface ParameterNormsOptions {
  /**
   * Whether those of each layer are recorded as well.
   * @default false
   */
  readonly layers?: boolean;
}

/**
 * A probe of `fitMetrics` that records, after each epoch, the norm of the trainable weights and their relative update,
 * `ml.training.parameter.norm` and `ml.training.parameter.relative_update`.
 * @throws RangeError that names the option and its value.
 */
export function parameterNorms({ layers = false }: ParameterNormsOptions = {}): FitProbe {
  checkOneOf('layers', layers, [true, false]);
  return {
    begin({ tf, model, run: { values }, reads }) {
      if (!model) return {};
      const norms = new WeightNorms(tf, model, reads);
      const nonFinite = values.nonFinite('weights');
      return {
        onTrainBegin: () => norms.remember(),
        onEpochEnd: () =>
          norms.measure((byLayer) => {
            for (const [layer, one] of byLayer)
              if (layer === '' || layers) setNorms(values, nonFinite, one, layer === '' ? undefined : layer);
          }),
        dispose: () => norms.dispose(),
      };
    },
  };
}

/** @param layer undefined for the whole model: a norm of that which is not finite is counted, and says that the run has diverged. */
function setNorms(values: RunValues, nonFinite: BoundCounter, { norm, relativeUpdate }: Norms, layer: string | undefined): void {
  const ofLayer = { [attribute.layerName.key]: layer };
  if (layer === undefined) {
    values.isDiverged ||= !Number.isFinite(norm);
    values.setFinite(values.ofModel(metric.trainingParameterNorm, ofLayer), nonFinite, 'weights', norm);
  } else if (Number.isFinite(norm)) values.ofModel(metric.trainingParameterNorm, ofLayer).set(norm);
  if (Number.isFinite(relativeUpdate)) values.ofModel(metric.trainingParameterRelativeUpdate, ofLayer).set(relativeUpdate as number);
}
