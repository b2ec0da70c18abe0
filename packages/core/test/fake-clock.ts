import type { Clock } from '../src/index.ts';

export const BEGAN_UNIX_SECONDS = 1_700_000_000;

/** Stands still until told otherwise. Advance it by sums of powers of two, and every sum is exact. */
export class FakeClock implements Clock {
  #seconds = 0;

  advance(seconds: number): void {
    this.#seconds += seconds;
  }

  monotonicSeconds(): number {
    return this.#seconds;
  }

  unixSeconds(): number {
    return BEGAN_UNIX_SECONDS + this.#seconds;
  }
}
