import type { HookErrors } from '@modelmeter/core';
import type { FitParams, ModelLike } from '../tf-like.ts';
import type { FitObserver } from './fit-observer.ts';
import type { ModelInFit } from './watch-fit.ts';

/** What becomes of the fits that a callback hears of. */
export interface CallbackRole {
  onModel(model: ModelLike): void;
  /** `observe` begins to observe the fit. */
  onFit(model: ModelInFit, params: FitParams, observe: () => FitObserver, errors: HookErrors): void;
}

/** Models to whose fit a callback of ours has been passed: one that is registered for every fit leaves them alone. */
export const modelsWithCallback = new WeakSet<ModelLike>();

/** Fits that a registered callback has begun to measure, by the parameters, which tfjs hands to wrappers as well. */
export const registeredFits = new WeakMap<FitParams, { readonly model: ModelLike; withdraw(): void }>();

/** Of a callback that is passed to each fit: it observes all that it hears of. */
export const PASSED: CallbackRole = {
  onModel: (model) => modelsWithCallback.add(model),
  onFit: (_model, _params, observe) => void observe(),
};
