import { type DeviceReads, numberIn } from '../tensors/device-reads.ts';
import type { ScalarLike } from '../tf-like.ts';

/**
 * The validation values of an epoch of a model with several outputs. tfjs-layers 4.22 labels them wrongly in its logs and leaves the last ones out
 * (training.ts:1404-1424 against 1734-1739): the total loss comes once for each output, as far as it has been added up, and the labels are laid over
 * that from the beginning. They stand for the last values that the validation returns.
 *
 * @param keys labels of the validation values, in tfjs's order.
 */
export function validationValues(keys: readonly string[], reads: DeviceReads, keepCopy: (scalar: ScalarLike) => ScalarLike) {
  let values: readonly (number | ScalarLike)[] = [];
  return {
    /** Takes what a validation has returned. Later ones are the user's own, until `forget`. */
    take(returned: unknown) {
      if (values.length > 0 || !Array.isArray(returned) || returned.length < keys.length) return;
      const scalars = returned.slice(-keys.length) as ScalarLike[];
      values = scalars.map((scalar) => (reads.areImmediate ? numberIn(scalar) : keepCopy(scalar)));
    },

    /** Hands on the value of a label, when it is known. */
    read(key: string, take: (value: number) => void) {
      reads.logged(values[keys.indexOf(key)], take);
    },

    forget() {
      for (const value of values) if (typeof value !== 'number') value.dispose();
      values = [];
    },
  };
}
