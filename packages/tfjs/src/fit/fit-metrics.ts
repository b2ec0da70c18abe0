import { type FitCallback, fitCallback } from './fit-callback.ts';
import { type FitMetricsOptions, readFitOptions } from './fit-options.ts';
import type { TfLike } from '../tf-like.ts';

/**
 * A callback for `model.fit` and `model.fitDataset` that records `ml.training.*`. It never throws into a fit unless `onNonFinite` asks for it, and never
 * waits for a device unless `deviceTime` does. One instance serves any number of fits, also at once.
 *
 * @param tf your own TensorFlow.js namespace, with any back end.
 * @throws TypeError or RangeError that names the option and its value.
 */
export function fitMetrics(tf: TfLike, options: FitMetricsOptions = {}): FitCallback {
  return fitCallback(tf, readFitOptions(tf, options));
}
