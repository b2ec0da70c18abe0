import { check } from '../check.ts';

/**
 * Throws a RangeError where bounds are none: finite, ≥ 0, ascending and at most 1000.
 * @param what names the bounds in the error.
 */
export function checkBounds(what: string, bounds: readonly number[] | undefined): void {
  const isBound = (bound: number, before = -1) => Number.isFinite(bound) && bound >= 0 && bound > before;
  const areBounds = Array.isArray(bounds) && bounds.length <= 1000 && bounds.findIndex((bound, i) => !isBound(bound, bounds[i - 1])) < 0;
  check(areBounds, what, bounds, 'at most 1000 ascending, finite numbers ≥ 0');
}
