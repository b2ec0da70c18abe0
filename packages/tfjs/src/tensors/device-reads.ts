import type { ScalarLike } from '../tf-like.ts';
import { atMost } from './at-most.ts';

/** A device that has not answered by then is taken for lost. */
export const PATIENCE_SECONDS = 5;

const SYNCHRONOUS_BACKENDS = new Set(['cpu', 'wasm', 'tensorflow']);

/** Whether the operations of a back end are done when they return, so that reading a tensor waits for nothing. */
export function isSynchronous(backend: string): boolean {
  return SYNCHRONOUS_BACKENDS.has(backend);
}

/** Reads scalars without ever waiting for a device: at once where that is possible, else whenever the device has them. */
export class DeviceReads {
  /** Whether values are there at once. */
  readonly areImmediate: boolean;
  readonly #onError: (error: unknown) => void;
  readonly #pending = new Set<Promise<void>>();

  constructor(backend: string, onError: (error: unknown) => void) {
    this.areImmediate = isSynchronous(backend);
    this.#onError = onError;
  }

  /** Hands on the value of an entry of tfjs's logs, which may be a number already. */
  logged(value: number | ScalarLike | undefined, take: (value: number) => void): void {
    if (value === undefined) return;
    if (typeof value === 'number') take(value);
    else if (this.areImmediate) take(value.dataSync()[0] ?? NaN);
    // tfjs disposes of it before the device has answered.
    else this.own([value.clone()], ([number]) => take(number as number));
  }

  /** Hands on the values of scalars of our own, and disposes of them. */
  own(scalars: readonly ScalarLike[], take: (values: number[]) => void): void {
    if (this.areImmediate) {
      try {
        take(scalars.map((scalar) => scalar.dataSync()[0] ?? NaN));
      } finally {
        for (const scalar of scalars) scalar.dispose();
      }
      return;
    }
    const reading = this.#whenRead(scalars, take)
      .catch((error: unknown) => this.#onError(error))
      .finally(() => this.#pending.delete(reading));
    this.#pending.add(reading);
  }

  /** Resolves when everything that is on its way has come, or after `seconds`; undefined where nothing is. */
  arrived(seconds = PATIENCE_SECONDS): Promise<void> | undefined {
    return this.#pending.size === 0 ? undefined : atMost(seconds, Promise.all(this.#pending));
  }

  async #whenRead(scalars: readonly ScalarLike[], take: (values: number[]) => void): Promise<void> {
    try {
      const values = await Promise.all(scalars.map((scalar) => scalar.data()));
      take(values.map((data) => data[0] ?? NaN));
    } finally {
      for (const scalar of scalars) scalar.dispose();
    }
  }
}
