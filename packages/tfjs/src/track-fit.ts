import { type FitCallback, hooksOfCallback } from './fit-metrics.ts';
import { errorTypeOf, isAbort } from './error-type.ts';

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
  const hooks = hooksOfCallback(callback);
  const failed = hooks.track();
  try {
    return await fit();
  } catch (error) {
    failed.end(isAbort(error) ? 'cancelled' : 'failure', errorTypeOf(error));
    throw error;
  } finally {
    failed.release();
  }
}
