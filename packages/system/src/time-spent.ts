import type { Clock } from '@modelmeter/core';

// A quarter of it would do for ticks of 10 ms; half a dozen scrapers that come at once get one answer.
const LEAST_SECONDS = 1;

/** How much each of several totals grew over a stretch of time. */
export interface Spent<K extends string> {
  readonly elapsedSeconds: number;
  readonly growth: Readonly<Record<K, number>>;
}

/**
 * Growth since the last measurement. All readers share it, and a stretch lasts at least a second: a reader that comes right after another
 * one gets what that one got, not what happened in between.
 */
export class TimeSpent<K extends string> {
  readonly #clock: Clock;
  #atSeconds = NaN;
  #totals: Readonly<Record<K, number>> | undefined;
  #spent: Spent<K> | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @returns undefined as long as no stretch is over. */
  update(totals: Readonly<Record<K, number>>): Spent<K> | undefined {
    const now = this.#clock.monotonicSeconds();
    const before = this.#totals;
    if (before !== undefined) {
      const elapsedSeconds = now - this.#atSeconds;
      if (elapsedSeconds < LEAST_SECONDS) return this.#spent;
      const entries = (Object.keys(totals) as K[]).map((key) => [key, Math.max(0, totals[key] - before[key])] as const);
      this.#spent = { elapsedSeconds, growth: Object.fromEntries(entries) as Record<K, number> };
    }
    this.#atSeconds = now;
    this.#totals = totals;
    return this.#spent;
  }
}
