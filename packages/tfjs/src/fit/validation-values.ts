import type { DeviceReads } from '../tensors/device-reads.ts';
import type { ScalarLike } from '../tf-like.ts';

/**
 * The validation values of an epoch of a model with several outputs. tfjs-layers 4.22 labels them wrongly in its logs and leaves the last ones out
 * (training.ts:1404-1424 against 1734-1739): the total loss comes once for each output, as far as it has been added up, and the labels are laid over
 * that from the beginning. They stand for the last values that the validation returns.
 */
export class ValidationValues {
  readonly #keys: readonly string[];
  readonly #reads: DeviceReads;
  readonly #keepCopy: (scalar: ScalarLike) => ScalarLike;
  #values: readonly (number | ScalarLike)[] = [];

  /** @param keys labels of the validation values, in tfjs's order. */
  constructor(keys: readonly string[], reads: DeviceReads, keepCopy: (scalar: ScalarLike) => ScalarLike) {
    this.#keys = keys;
    this.#reads = reads;
    this.#keepCopy = keepCopy;
  }

  /** Takes what a validation has returned. Later ones are the user's own, until `forget`. */
  take(returned: unknown): void {
    if (this.#values.length > 0 || !Array.isArray(returned) || returned.length < this.#keys.length) return;
    const scalars = returned.slice(-this.#keys.length) as ScalarLike[];
    this.#values = scalars.map((scalar) => (this.#reads.areImmediate ? (scalar.dataSync()[0] ?? NaN) : this.#keepCopy(scalar)));
  }

  /** Hands on the value of a label, when it is known. */
  read(key: string, take: (value: number) => void): void {
    this.#reads.logged(this.#values[this.#keys.indexOf(key)], take);
  }

  forget(): void {
    for (const value of this.#values) if (typeof value !== 'number') value.dispose();
    this.#values = [];
  }
}
