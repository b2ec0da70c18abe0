import { failureOf } from '../run/error-type.ts';
import { FailedFits } from './failed-fits.ts';
import { type FitCallback, fitsOfCallback } from './fit-callback.ts';

/**
 * Runs a fit so that its error is known: a run that fails says of what type the error was, and one that an `AbortError` ends is `cancelled`.
 *
 * ```ts
 * const callback = fitMetrics(tf);
 * const history = await trackFit(callback, () => model.fit(xs, ys, { callbacks: callback }));
 * ```
 *
 * @param callback what `fitMetrics` has made, passed to the fit as well.
 * @returns what the fit resolves with; rejects with exactly what it rejects with.
 */
export async function trackFit<T>(callback: FitCallback, fit: () => Promise<T>): Promise<T> {
  const fits = fitsOfCallback(callback);
  const tracker = (fits.failedFits ??= new FailedFits(fits)).track();
  try {
    return await fit();
  } catch (error) {
    tracker.fail(failureOf(error));
    throw error;
  } finally {
    tracker.release();
  }
}
