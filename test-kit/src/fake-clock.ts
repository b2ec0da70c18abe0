import type { Clock } from '@modelmeter/core';

const STARTED_AT_UNIX_SECONDS = 1_700_000_000;

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
    return STARTED_AT_UNIX_SECONDS + this.#seconds;
  }
}
