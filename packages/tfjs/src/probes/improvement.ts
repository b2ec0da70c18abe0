import { check } from '@modelmeter/core';
import * as metric from '@modelmeter/core/training-metrics';
import { diag } from '@opentelemetry/api';
import { checkName, checkOneOf } from '../check-option.ts';
import type { FitProbe } from '../fit/fit-probe.ts';
import { keyOf } from '../run/metric-label.ts';

/** What counts as an improvement, by the rules of tfjs's `EarlyStopping`. */
export interface ImprovementOptions {
  /**
   * Key of the epoch logs, such as `val_acc`, or the canonical name, `val_accuracy`.
   * @default 'val_loss' where there is validation, else 'loss'
   */
  readonly name?: string;
  /**
   * Least change that counts, ≥ 0.
   * @default 0
   */
  readonly minDelta?: number;
  /**
   * Whether lower or higher is better.
   * @default 'auto': higher for accuracies, else lower
   */
  readonly mode?: 'auto' | 'min' | 'max';
}

/**
 * A probe of `fitMetrics` that counts epochs in which a loss or metric did not improve, `ml.training.epochs_without_improvement`.
 * @throws TypeError or RangeError that names the option and its value.
 */
export function improvement(options: ImprovementOptions = {}): FitProbe {
  const { name, minDelta = 0, mode = 'auto' } = options;
  if (name !== undefined) checkName('name', name);
  check(minDelta >= 0, 'minDelta', minDelta, 'a number ≥ 0');
  checkOneOf('mode', mode, ['auto', 'min', 'max']);
  let hasWarned = false;
  return {
    begin({ params, labels, run: { values } }) {
      const improvement = new Improvement(options, params.doValidation === true);
      const followed = keyOf(improvement.name, labels);
      const epochsWithout = values.gauge(metric.trainingEpochsWithoutImprovement);
      return {
        onEpochValue({ key, value }) {
          if (key !== followed) return;
          improvement.add(value);
          epochsWithout.set(improvement.epochsWithout);
        },
        onEpochEnd() {
          if (name === undefined || followed !== undefined || hasWarned) return;
          hasWarned = true;
          diag.warn(`modelmeter: the name of an improvement is "${name}", none of ${[...labels.keys()].join(', ')}`);
        },
      };
    },
  };
}

/** Counts epochs since a monitored value last improved, by the rules of `EarlyStopping` (tfjs-layers 4.22, callbacks.ts:114-200). */
export class Improvement {
  /** Key of the epoch logs, or its canonical name. */
  readonly name: string;
  readonly #isHigherBetter: boolean;
  readonly #minDelta: number;
  #best: number;
  /** Epochs since the best value; 0 after an epoch that improved. */
  epochsWithout = 0;

  constructor({ name, minDelta = 0, mode = 'auto' }: ImprovementOptions, hasValidation: boolean) {
    this.name = name ?? (hasValidation ? 'val_loss' : 'loss');
    this.#isHigherBetter = mode === 'max' || (mode === 'auto' && this.name.includes('acc'));
    this.#minDelta = minDelta;
    this.#best = this.#isHigherBetter ? -Infinity : Infinity;
  }

  /** Takes the value of a finished epoch. One that is not finite is no improvement. */
  add(value: number): void {
    const hasImproved = this.#isHigherBetter ? value - this.#minDelta > this.#best : value + this.#minDelta < this.#best;
    if (hasImproved && Number.isFinite(value)) {
      this.#best = value;
      this.epochsWithout = 0;
    } else this.epochsWithout++;
  }
}
