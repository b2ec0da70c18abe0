import { type Clock, defaultRegistry, HookErrors, type Registry, systemClock } from '@modelmeter/core';
import * as attribute from '@modelmeter/core/attributes';
import { modelLoadDuration } from '@modelmeter/core/inference-metrics';
import { checkName } from '../check-option.ts';
import { failureOf } from '../run/error-type.ts';
import { settle } from '../run/settle.ts';
import { rememberLoaded } from './loaded-models.ts';

export interface LoadOptions {
  /** `ml.model.name`. */
  readonly model: string;
  /** `ml.model.version`. @default none */
  readonly version?: string;
  /** @default the registry of the process */
  readonly registry?: Registry;
  /** @default systemClock */
  readonly clock?: Clock;
}

/**
 * Loads a model and records how long that takes as `ml.model.load.duration`; of a load that fails with its `error.type`: `cancelled` for an
 * `AbortError`, `timeout` for a `TimeoutError`, else `_OTHER`. `instrumentModel` then knows the model by this name and version.
 *
 * ```ts
 * const model = instrumentModel(tf, await loadWithMetrics(() => tf.loadLayersModel(url), { model: 'digits', version: '3' }));
 * ```
 *
 * @returns what `load` returns; throws or rejects with exactly what it does.
 * @throws TypeError that names the option and its value, before anything is loaded.
 */
export function loadWithMetrics<R>(load: () => R, options: LoadOptions): R {
  const { model, version, registry = defaultRegistry(), clock = systemClock } = options;
  if (typeof load !== 'function') throw new TypeError(`load is ${String(load)}, not a function that loads a model`);
  checkName('model', model);
  if (version !== undefined) checkName('version', version);
  const errors = new HookErrors(registry);
  const beganSeconds = errors.guard('loadWithMetrics', () => clock.monotonicSeconds());
  return settle(load, (hasSucceeded, outcome) => {
    if (hasSucceeded) rememberLoaded(outcome, { model, version });
    if (beganSeconds === undefined) return;
    errors.guard('loadWithMetrics', () => {
      const elapsedSeconds = clock.monotonicSeconds() - beganSeconds;
      const of = {
        [attribute.modelName.key]: model,
        [attribute.modelVersion.key]: version,
        [attribute.errorType.key]: hasSucceeded ? undefined : loadErrorType(outcome),
      };
      registry.bind(modelLoadDuration, of).record(elapsedSeconds);
    });
  });
}

/** The same types as those of requests. */
function loadErrorType(error: unknown): string {
  const { errorType } = failureOf(error);
  if (errorType === 'AbortError') return 'cancelled';
  return errorType === 'TimeoutError' ? 'timeout' : '_OTHER';
}
