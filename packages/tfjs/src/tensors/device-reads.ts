import type { ScalarLike } from '../tf-like.ts';
import { atMost } from './at-most.ts';

/** A device that has not answered by then is taken for lost. */
export const PATIENCE_SECONDS = 5;

const SYNCHRONOUS_BACKENDS = ['cpu', 'wasm', 'tensorflow'];

/** Whether the operations of a back end are done when they return, so that reading a tensor waits for nothing. */
export function isSynchronous(backend: string): boolean {
  return SYNCHRONOUS_BACKENDS.includes(backend);
}

/** The number in a scalar; waits for an asynchronous device. */
export function numberIn(scalar: ScalarLike): number {
  return scalar.dataSync()[0] ?? NaN;
}

/** Reads scalars without ever waiting for a device: at once where that is possible, else whenever the device has them. */
export type DeviceReads = ReturnType<typeof deviceReads>;

export function deviceReads(backend: string, onError: (error: unknown) => void) {
  const areImmediate = isSynchronous(backend);
  const pending = new Set<Promise<void>>();

  const whenRead = async (scalars: readonly ScalarLike[], take: (values: number[]) => void) => {
    try {
      const values = await Promise.all(scalars.map((scalar) => scalar.data()));
      take(values.map((data) => data[0] ?? NaN));
    } finally {
      for (const scalar of scalars) scalar.dispose();
    }
  };

  /** Hands on the values of scalars of our own when they come, and disposes of them. */
  const later = (scalars: readonly ScalarLike[], take: (values: number[]) => void) => {
    const reading = whenRead(scalars, take)
      .catch(onError)
      .finally(() => pending.delete(reading));
    pending.add(reading);
  };

  return {
    /** Whether values are there at once. */
    areImmediate,
    later,

    /** Hands on the value of an entry of tfjs's logs, which may be a number already. */
    logged(value: number | ScalarLike | undefined, take: (value: number) => void) {
      if (value === undefined) return;
      if (typeof value === 'number') take(value);
      else if (areImmediate) take(numberIn(value));
      // tfjs disposes of it before the device has answered.
      else later([value.clone()], ([number]) => take(number as number));
    },

    /** Resolves when everything that is on its way has come, or after `seconds`; undefined where nothing is. */
    arrived: (seconds = PATIENCE_SECONDS) => (pending.size === 0 ? undefined : atMost(seconds, Promise.all(pending))),
  };
}

/** Hands on the values of scalars of our own, at once where that is possible, and disposes of them. */
export function readOwn(reads: DeviceReads, scalars: readonly ScalarLike[], take: (values: number[]) => void): void {
  if (!reads.areImmediate) {
    reads.later(scalars, take);
    return;
  }
  try {
    take(scalars.map(numberIn));
  } finally {
    for (const scalar of scalars) scalar.dispose();
  }
}
