import { atMost } from '../tensors/at-most.ts';
import { PATIENCE_SECONDS } from '../tensors/device-reads.ts';
import type { ScalarLike } from '../tf-like.ts';

/**
 * Waits for the device at every n-th step, so that it is known how long that step really took. It waits after the step before as well, because what is
 * left of earlier steps is no part of this one. The first step and those with validation in them are passed over.
 */
export class SampledWaiting {
  readonly #everySteps: number;
  #stepsUntilNext: number;
  #steps = 0;
  #hasValidation = false;

  /** @param everySteps Infinity for never. */
  constructor(everySteps: number) {
    this.#everySteps = everySteps;
    this.#stepsUntilNext = everySteps;
  }

  onStepBegin(): void {
    this.#steps++;
    this.#hasValidation = false;
  }

  onValidation(): void {
    this.#hasValidation = true;
  }

  /**
   * @param loss of the step; a number where another callback has waited for the device already.
   * @param record called when the device has done all of a step whose turn it is.
   */
  onStepEnd(loss: number | ScalarLike | undefined, record: () => void): Promise<void> | undefined {
    if (--this.#stepsUntilNext > 1 || loss === undefined) return undefined;
    const isMeasured = this.#stepsUntilNext <= 0 && this.#steps > 1 && !this.#hasValidation;
    if (isMeasured) this.#stepsUntilNext = this.#everySteps;
    const onIdle = isMeasured ? record : () => {};
    if (typeof loss !== 'number') return atMost(PATIENCE_SECONDS, loss.data().then(onIdle));
    onIdle();
    return undefined;
  }
}
