import type { MonitorOptions } from './fit-options.ts';

/** Counts epochs since a monitored value last improved, by the rules of `EarlyStopping` (tfjs-layers 4.22, callbacks.ts:114-200). */
export class Improvement {
  /** Key of the epoch logs. */
  readonly name: string;
  readonly #isHigherBetter: boolean;
  readonly #minDelta: number;
  #best: number;
  /** Epochs since the best value; 0 after an epoch that improved. */
  epochsWithout = 0;

  constructor({ name, minDelta = 0, mode = 'auto' }: MonitorOptions, hasValidation: boolean) {
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
