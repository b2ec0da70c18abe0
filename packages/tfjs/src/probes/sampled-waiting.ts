import { atMost } from '../tensors/at-most.ts';
import { PATIENCE_SECONDS } from '../tensors/device-reads.ts';
import type { ScalarLike } from '../tf-like.ts';

type Loss = number | ScalarLike | undefined;

/**
 * Waits for the device at every n-th step, so that it is known how long that step really took. It waits after the step before as well, because what is
 * left of earlier steps is no part of this one. The first step and those with validation in them are passed over.
 *
 * It also waits where something else begins, so that what the device still has to do is not taken for a part of that: after the first step, before a
 * validation and at the end of an epoch.
 */
export class SampledWaiting {
  readonly #everySteps: number;
  readonly #stepsBeforeValidation: number;
  #stepsUntilNext: number;
  /** Begun so far. */
  steps = 0;
  #stepsInEpoch = 0;
  #areOthersWaiting = false;
  /** Whether a validation has begun since the last step did. */
  hasValidation = false;

  /**
   * @param stepsBeforeValidation steps of an epoch after which a validation comes, in the next step or after it; NaN for none.
   */
  constructor(everySteps: number, stepsBeforeValidation: number) {
    this.#everySteps = everySteps;
    this.#stepsBeforeValidation = stepsBeforeValidation;
    this.#stepsUntilNext = everySteps;
  }

  onEpochBegin(): void {
    this.#stepsInEpoch = 0;
  }

  onStepBegin(): void {
    this.steps++;
    this.#stepsInEpoch++;
    this.hasValidation = false;
  }

  /**
   * @param loss of the step; a number where another callback has waited for the device already.
   * @param record called when the device has done all of a step whose turn it is.
   */
  onStepEnd(loss: Loss, record: () => void): Promise<unknown> | undefined {
    const isNear = --this.#stepsUntilNext <= 1;
    const isMeasured = this.#stepsUntilNext <= 0 && this.steps > 1 && !this.hasValidation && loss !== undefined;
    if (isMeasured) this.#stepsUntilNext = this.#everySteps;
    const isBoundary = this.steps === 1 || this.#stepsInEpoch === this.#stepsBeforeValidation;
    return isNear || isBoundary || this.#areOthersWaiting ? untilIdle(loss, isMeasured ? record : () => {}) : undefined;
  }

  /** All callbacks have heard of a step. One that reads its values waits for the device every time: it is waited for anyway, so we do so first. */
  onStepOver(loss: Loss): void {
    this.#areOthersWaiting = typeof loss === 'number';
  }

  onEpochEnd(loss: Loss): Promise<unknown> | undefined {
    return untilIdle(loss, () => {});
  }
}

function untilIdle(loss: Loss, onIdle: () => void): Promise<unknown> | undefined {
  if (typeof loss === 'object') return atMost(PATIENCE_SECONDS, loss.data().then(onIdle));
  onIdle();
  return undefined;
}
