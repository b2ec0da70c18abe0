import type { ScalarLike } from './tf-like.ts';

/** Back ends whose operations are done when they return, so that reading a tensor waits for nothing. */
const SYNCHRONOUS_BACKENDS = new Set(['cpu', 'wasm', 'tensorflow']);

/** Reads scalars without ever waiting for a device: at once where that is possible, else whenever the device has them. */
export class DeviceReads {
  /** Whether values are there at once. */
  readonly areImmediate: boolean;
  readonly #onError: (error: unknown) => void;

  constructor(backend: string, onError: (error: unknown) => void) {
    this.areImmediate = SYNCHRONOUS_BACKENDS.has(backend);
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
    Promise.all(scalars.map((scalar) => scalar.data()))
      .then((values) => take(values.map((data) => data[0] ?? NaN)))
      .finally(() => scalars.forEach((scalar) => scalar.dispose()))
      .catch((error: unknown) => this.#onError(error));
  }
}
