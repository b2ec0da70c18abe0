import type { ScalarLike } from './tf-like.ts';

/**
 * Hands the value of a log entry to `take`: at once where it is a number already or can be read without waiting for a device, else when the
 * device has it. Returns a promise only in the latter case. The tensor is cloned first, because tfjs disposes of it meanwhile.
 */
export function readScalar(value: number | ScalarLike, canReadTensors: boolean, take: (value: number) => void): Promise<void> | undefined {
  if (typeof value === 'number') {
    take(value);
    return undefined;
  }
  if (canReadTensors) {
    take(value.dataSync()[0] ?? NaN);
    return undefined;
  }
  const clone = value.clone();
  return clone
    .data()
    .then((data) => take(data[0] ?? NaN))
    .finally(() => clone.dispose());
}
