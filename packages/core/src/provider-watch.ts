import type { MeterProvider } from '@opentelemetry/api';

// Where every copy of @opentelemetry/api 1.x keeps what has been registered globally. Asked for here, because our copy of the API would show
// nothing that an older copy has registered; every version since 1.3 has what we call on a provider.
const API_KEY = Symbol.for('opentelemetry.js.api.1');
const globalApi = globalThis as { [API_KEY]?: { metrics?: MeterProvider } };

declare const setTimeout: (callback: () => void, milliseconds: number) => number | { unref(): void };

/** How often it looks by itself, for programs that record nothing once the provider is there. */
const LOOK_EVERY_MILLISECONDS = 500;

/** How often recording looks for a provider before it waits for the event loop to go on. */
const LOOKS_AT_ONCE = 100;

/** Waits for the MeterProvider that somebody may register globally. */
export class ProviderWatch {
  /** Whether recording has to `look()`. When it need not, it costs one property read. */
  waiting = true;
  readonly #onFound: (provider: MeterProvider) => void;
  #isOver = false;
  #looksLeft = LOOKS_AT_ONCE;
  #hasTimer = false;

  constructor(onFound: (provider: MeterProvider) => void) {
    this.#onFound = onFound;
  }

  look(): void {
    if (this.#isOver) return;
    const provider = globalApi[API_KEY]?.metrics;
    if (provider !== undefined) {
      this.stop();
      this.#onFound(provider);
    } else if (!this.#hasTimer) this.#setTimer();
  }

  /** Looks on behalf of a record. */
  lookWhileRecording(): void {
    this.look();
    if (--this.#looksLeft === 0 && !this.#isOver) this.#pause();
  }

  /** Looks no more. */
  stop(): void {
    this.waiting = false;
    this.#isOver = true;
  }

  /** Looks again. */
  restart(): void {
    this.waiting = true;
    this.#isOver = false;
  }

  #setTimer(): void {
    this.#hasTimer = true;
    const timer = setTimeout(() => {
      this.#hasTimer = false;
      this.look();
    }, LOOK_EVERY_MILLISECONDS);
    // Node would wait for it; browsers have numbers, and nothing to wait for.
    if (typeof timer === 'object') timer.unref();
  }

  /** A loop that only records need not look each time: nobody registers a provider meanwhile. */
  #pause(): void {
    this.waiting = false;
    queueMicrotask(() => {
      this.#looksLeft = LOOKS_AT_ONCE;
      this.waiting = !this.#isOver;
      this.look();
    });
  }
}
