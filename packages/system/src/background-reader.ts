import { type Clock, systemClock } from '@modelmeter/core';

export interface BackgroundOptions {
  /** @default 5 */
  readonly everySeconds?: number;
  /**
   * After so long a reading counts as failed. It is not begun again before it is over: what hangs must not pile up.
   * @default 5
   */
  readonly timeoutSeconds?: number;
  /**
   * How long the last good value is told while newer ones fail.
   * @default 30
   */
  readonly maxAgeSeconds?: number;
  /** @default systemClock */
  readonly clock?: Clock;
}

/** Reads something slow every few seconds and keeps what it read. Its timers let the process end. */
export class BackgroundReader<T> {
  readonly #read: () => Promise<T>;
  readonly #timeoutSeconds: number;
  readonly #maxAgeSeconds: number;
  readonly #clock: Clock;
  readonly #timer: NodeJS.Timeout;
  /** Resolves when the first reading is over, or its time is up. */
  readonly firstReading: Promise<void>;
  #first: NodeJS.Immediate | undefined;
  #isReading = false;
  #last: { readonly value: T; readonly atSeconds: number } | undefined;
  #failure: Error | undefined;

  constructor(read: () => Promise<T>, options: BackgroundOptions = {}) {
    const { everySeconds = 5, timeoutSeconds = 5, maxAgeSeconds = 30, clock = systemClock } = options;
    this.#read = read;
    this.#timeoutSeconds = timeoutSeconds;
    this.#maxAgeSeconds = maxAgeSeconds;
    this.#clock = clock;
    this.#timer = setInterval(() => void this.refresh(), everySeconds * 1000).unref();
    // Code that runs for the first time is compiled: in a turn of its own.
    this.firstReading = new Promise((resolve) => (this.#first = setImmediate(() => resolve(this.refresh()))));
  }

  /** The last good value; undefined where there is none yet, or where it is too old. */
  get value(): T | undefined {
    const last = this.#last;
    return last && this.#clock.monotonicSeconds() - last.atSeconds <= this.#maxAgeSeconds ? last.value : undefined;
  }

  /** Why the last reading failed; undefined where it did not, or is still within its time. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Reads now, unless a reading is under way. Resolves when it is over or its time is up; never rejects. */
  async refresh(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    let timer: NodeJS.Timeout | undefined;
    const timeUp = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        this.#failure = new Error(`no answer within ${this.#timeoutSeconds} s`);
        resolve();
      }, this.#timeoutSeconds * 1000).unref();
    });
    const reading = this.#take().finally(() => clearTimeout(timer));
    await Promise.race([reading, timeUp]);
  }

  stop(): void {
    clearInterval(this.#timer);
    clearImmediate(this.#first);
  }

  async #take(): Promise<void> {
    try {
      this.#last = { value: await this.#read(), atSeconds: this.#clock.monotonicSeconds() };
      this.#failure = undefined;
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    } finally {
      this.#isReading = false;
    }
  }
}
