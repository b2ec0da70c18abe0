import { FitCallbackHooks } from './fit-callback.ts';
import { type FitMetricsOptions, readFitOptions } from './fit-options.ts';
import type { FitParams, Logs, ModelLike, TfLike } from '../tf-like.ts';
import type { CallbackWrapper } from './wrapped-fits.ts';

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
 * waits for a device unless `deviceTime` does. One instance serves any number of fits, also at once.
 *
 * @param tf your own TensorFlow.js namespace, with any back end.
 * @throws TypeError or RangeError that names the option and its value.
 */
export function fitMetrics(tf: TfLike, options: FitMetricsOptions = {}): FitCallback {
  return callbackOf(tf, new FitCallbackHooks(readFitOptions(tf, options)));
}

const hooksOf = new WeakMap<FitCallback, FitCallbackHooks>();

/** The hooks as tfjs wants them. */
export function callbackOf(tf: TfLike, hooks: FitCallbackHooks): FitCallback {
  // The prototype makes tfjs take it for a class callback; the members are its own, so that a second copy of tfjs, whose prototype is another,
  // calls them as well.
  const callback: FitCallback = Object.assign(Object.create(tf.Callback.prototype), {
    validationData: null,
    params: null,
    model: null,
    setParams: (params: FitParams) => hooks.setParams(params),
    setModel: (model: ModelLike) => hooks.setModel(model),
    onTrainBegin(this: CallbackWrapper) {
      return hooks.onTrainBegin(this === callback ? undefined : this);
    },
    onEpochBegin(this: CallbackWrapper, epoch: number) {
      return hooks.onEpochBegin(epoch, wrapperOf(this));
    },
    onBatchBegin(this: CallbackWrapper) {
      return hooks.onBatchBegin(wrapperOf(this));
    },
    onBatchEnd(this: CallbackWrapper, batch: number, logs: Logs = {}) {
      return hooks.onBatchEnd(batch, logs, wrapperOf(this));
    },
    onEpochEnd(this: CallbackWrapper, epoch: number, logs: Logs = {}) {
      return hooks.onEpochEnd(epoch, logs, wrapperOf(this));
    },
    onTrainEnd(this: CallbackWrapper) {
      return hooks.onTrainEnd(wrapperOf(this));
    },
  }) as FitCallback;
  const wrapperOf = (self: CallbackWrapper | undefined) => (!self || self === callback || hooks.seesThrough(self) ? undefined : self);
  hooksOf.set(callback, hooks);
  return callback;
}

/** @throws TypeError where the callback is not one of `fitMetrics`. */
export function hooksOfCallback(callback: FitCallback): FitCallbackHooks {
  const hooks = hooksOf.get(callback);
  if (!hooks) throw new TypeError('callback is not one that fitMetrics has made');
  return hooks;
}
