import { FitCallbackHooks } from './fit-callback.ts';
import { type FitMetricsOptions, readFitOptions } from './fit-options.ts';
import type { FitParams, Logs, ModelLike, TfLike } from './tf-like.ts';

/** What tfjs calls while it fits. Pass it as `callbacks`, alone or in an array with other class callbacks such as `earlyStopping`. */
export interface FitCallback {
  // tfjs's own types differ between packages and versions, so the callback takes whatever it is given.
  /* oxlint-disable typescript/no-explicit-any */
  validationData: any;
  params: any;
  model: any;
  /* oxlint-enable typescript/no-explicit-any */
  setParams(params: unknown): void;
  setModel(model: unknown): void;
  onTrainBegin(logs?: unknown): Promise<void>;
  onTrainEnd(logs?: unknown): Promise<void>;
  onEpochBegin(epoch: number, logs?: unknown): Promise<void>;
  onEpochEnd(epoch: number, logs?: unknown): Promise<void>;
  onBatchBegin(batch: number, logs?: unknown): Promise<void>;
  onBatchEnd(batch: number, logs?: unknown): Promise<void>;
}

/**
 * A callback for `model.fit` and `model.fitDataset` that records `ml.training.*`. It never throws into a fit unless `onNonFinite` asks for it, and never
 * waits for a device unless `waitEverySteps` does. One instance serves any number of fits, also at once.
 *
 * @param tf your own TensorFlow.js namespace, with any back end.
 * @throws TypeError or RangeError that names the option and its value.
 */
export function fitMetrics(tf: TfLike, options: FitMetricsOptions = {}): FitCallback {
  return callbackOf(tf, new FitCallbackHooks(readFitOptions(tf, options), false));
}

const hooksOf = new WeakMap<FitCallback, FitCallbackHooks>();

/** The hooks as tfjs wants them. */
export function callbackOf(tf: TfLike, hooks: FitCallbackHooks): FitCallback {
  // The prototype makes tfjs take it for a class callback; the members are its own closed functions, so that a second copy of tfjs does too.
  const callback = Object.assign(Object.create(tf.Callback.prototype), {
    validationData: null,
    params: null,
    model: null,
    setParams: (params: FitParams) => hooks.setParams(params),
    setModel: (model: ModelLike) => hooks.setModel(model),
    onTrainBegin(this: { params?: FitParams | null } | undefined) {
      return hooks.onTrainBegin(this?.params);
    },
    onEpochBegin: (epoch: number) => hooks.onEpochBegin(epoch),
    onBatchBegin: () => hooks.onBatchBegin(),
    onBatchEnd: (_batch: number, logs: Logs = {}) => hooks.onBatchEnd(logs),
    onEpochEnd: (epoch: number, logs: Logs = {}) => hooks.onEpochEnd(epoch, logs),
    onTrainEnd: () => hooks.onTrainEnd(),
  }) as FitCallback;
  hooksOf.set(callback, hooks);
  return callback;
}

/** @throws TypeError where the callback is not one of `fitMetrics`. */
export function hooksOfCallback(callback: FitCallback): FitCallbackHooks {
  const hooks = hooksOf.get(callback);
  if (!hooks) throw new TypeError('callback is not one that fitMetrics has made');
  return hooks;
}
