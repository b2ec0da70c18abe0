import type { ModelMethod } from './model-series.ts';

/** Whose turn it is to be waited for: every n-th call of each method. */
export class WaitingTurns {
  readonly #everyCalls: number | false;
  readonly #callsSince = new Map<ModelMethod, number>();

  constructor(everyCalls: number | false) {
    this.#everyCalls = everyCalls;
  }

  take(method: ModelMethod): boolean {
    if (this.#everyCalls === false) return false;
    const calls = (this.#callsSince.get(method) ?? 0) + 1;
    const isDue = calls >= this.#everyCalls;
    this.#callsSince.set(method, isDue ? 0 : calls);
    return isDue;
  }
}
