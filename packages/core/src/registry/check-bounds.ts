import { check } from '../check.ts';

/**
 * Throws a RangeError where bounds are none: finite, ≥ 0, ascending and at most 1000.
 * @param what names the bounds in the error.
 */
export function checkBounds(what: string, bounds: readonly number[] | undefined): void {
  const isBound = (bound: number, i: number, all: readonly number[]) =>
    Number.isFinite(bound) && (i > 0 ? bound > (all[i - 1] as number) : bound >= 0);
  check(
    Array.isArray(bounds) && bounds.length <= 1000 && [...bounds].every(isBound),
    what,
    bounds,
    'at most 1000 ascending, finite numbers ≥ 0',
  );
}
