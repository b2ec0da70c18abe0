import { InferenceMetrics } from './inference-metrics.ts';
import type { InferenceOptions } from './inference-options.ts';
import type { AnyFunction, CallOptions } from './wrap.ts';

/**
 * Measures a model in service by hand: for the parts of requests, queues, loading and warm-ups, and for several functions of one model.
 * @throws TypeError or RangeError that names the option and its value.
 */
export function measureInference(options: InferenceOptions): InferenceMetrics {
  return new InferenceMetrics(options);
}

/**
 * A function that does exactly what `fn` does, and passes for it: `this`, arguments, result, errors, name and type are its own. Each call is a request,
 * over when the function has returned or thrown, its promise has settled, or its stream has ended, been left or failed.
 * A call within a request of the same model is a stage of it.
 * @throws TypeError or RangeError that names the option and its value.
 */
export function withMetrics<F extends AnyFunction>(fn: F, options: InferenceOptions & CallOptions<F>): F {
  return new InferenceMetrics(options).wrap(fn, options);
}
