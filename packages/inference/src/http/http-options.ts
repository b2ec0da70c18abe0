import { checkFunction, checkOneOf } from '../check-option.ts';
import type { ErrorType } from '../error-types.ts';
import { InferenceMetrics } from '../inference-metrics.ts';
import type { InferenceOptions } from '../inference-options.ts';

/** How responses are understood. */
export interface HttpOptions {
  /**
   * The type of error that a status stands for; undefined for a success.
   * @default 401, 403, 429 and 503 are `rejected`, 408 and 504 `timeout`, 499 `cancelled`, any other from 400 on `invalid_input`, from 500 on `_OTHER`,
   * or what the error tells that was thrown
   */
  readonly classifyStatus?: (status: number) => ErrorType | undefined;
  /**
   * Whether responses are sent in pieces, so that the time to the first is recorded. It is told by `write`, which costs each response a little.
   * @default false
   */
  readonly streams?: boolean;
}

/** How requests and responses are understood. */
export interface HandlerOptions<Request> extends HttpOptions {
  /**
   * Samples of a request, asked before its handler is called: after bodies have been parsed, where somebody does that. It may be no valid input yet:
   * return undefined for what has no samples. What is called within does not count samples of its own then.
   * @default none; what is wrapped within may tell
   */
  readonly samples?: (request: Request) => number | undefined;
}

/** A model that is measured here, or one that is measured elsewhere as well. */
export type Measured = InferenceOptions | InferenceMetrics;

/** @throws TypeError or RangeError that names the option and its value. */
export function metricsOf(measured: Measured): InferenceMetrics {
  return measured instanceof InferenceMetrics ? measured : new InferenceMetrics(measured);
}

/** @throws TypeError that names the option and its value. */
export function checkHttpOptions(options: HandlerOptions<never>): void {
  for (const option of ['classifyStatus', 'samples'] as const) if (options[option] !== undefined) checkFunction(option, options[option]);
  if (options.streams !== undefined) checkOneOf('streams', options.streams, [true, false]);
}
