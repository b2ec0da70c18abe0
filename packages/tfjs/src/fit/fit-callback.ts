import { HookErrors } from '@modelmeter/core';
import { type CallbackRole, PASSED, registeredFits } from './callback-role.ts';
import { turnEventLoop } from './event-loop-turn.ts';
import type { FailedFits } from './failed-fits.ts';
import { type FitObserver, observeFit } from './fit-observer.ts';
import type { FitSettings } from './fit-options.ts';
import { holdHistory, reportMemory } from '../tensors/memory-metrics.ts';
import type { FitParams, Logs, ModelLike, TfLike } from '../tf-like.ts';
import { type Hook, HOOKS, isInFit, type ModelInFit, watchFit } from './watch-fit.ts';
import { type CallbackWrapper, wrappedFits } from './wrapped-fits.ts';

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

/** The fits that one callback is passed to, for those who await them. */
export interface CallbackFits {
  readonly errors: HookErrors;
  /** Where those who await a fit, and will know its error, get it from; undefined while there is nobody. */
  failedFits?: FailedFits;
  /** How many have begun. */
  begun: number;
  /** A fit that was not seen to throw: one that failed before tfjs called anybody, which was a run all the same, or one behind a wrapper. */
  unseen(begunBefore: number): FitObserver | undefined;
}

const fitsOf = new WeakMap<FitCallback, CallbackFits>();

/** @throws TypeError where the callback is not one of `fitMetrics`. */
export function fitsOfCallback(callback: FitCallback): CallbackFits {
  const fits = fitsOf.get(callback);
  if (!fits) throw new TypeError('callback is not one that fitMetrics has made');
  return fits;
}

/** Makes a callback for fits one after the other or several at once. */
export function fitCallback(tf: TfLike, settings: FitSettings, role: CallbackRole = PASSED): FitCallback {
  const { registry, clock, yieldEverySeconds } = settings;
  const errors = new HookErrors(registry);
  /** Models that tfjs has announced, each with its parameters. The fits of others may be announced before the first of them begins. */
  let announced = new Map<ModelLike, FitParams>();
  const observers = new Set<FitObserver>();
  const wrapped = wrappedFits((observer) => errors.guard('ending a run', () => observer.onLetGo()));
  /** Wrappers of fits whose model is known all the same: they make no difference. */
  const transparent = new WeakSet<CallbackWrapper>();
  let params: FitParams = {};
  let lastTurnSeconds = 0;

  /** Begins to observe a fit; `undo` is what is to be undone when it is over. */
  const begin = (params: FitParams, model?: ModelLike, undo: (() => void)[] = []): FitObserver => {
    fits.begun++;
    const observer: FitObserver = observeFit(settings, params, model, {
      errors,
      onLetGo: () => {
        for (const one of undo.splice(0)) one();
        observers.delete(observer);
        wrapped.delete(observer);
      },
      isTracked: () => fits.failedFits?.take(observer) === true,
    });
    return observer;
  };

  const fits: CallbackFits = {
    errors,
    begun: 0,
    unseen: (begunBefore) => (fits.begun === begunBefore ? begin({}) : wrapped.only()),
  };

  const watch = (model: ModelInFit, params: FitParams) => {
    const undo: (() => void)[] = [];
    const observer = begin(params, model, undo);
    observers.add(observer);
    undo.push(watchFit(model, observer, errors), holdHistory(model));
    return observer;
  };

  /** A fit that a registered callback has begun to measure is ours now, and its model is known. */
  const onWrappedBegin = (wrapper: CallbackWrapper, models: Map<ModelLike, FitParams>) => {
    const params = wrapper.params ?? {};
    const registered = registeredFits.get(params);
    if (registered) {
      registered.withdraw();
      transparent.add(wrapper);
      models.set(registered.model, params);
    } else {
      // The wrapper may have been in a fit before.
      transparent.delete(wrapper);
      wrapped.add(wrapper, begin(params));
    }
  };

  const turn = (): Promise<void> | undefined => {
    if (yieldEverySeconds === false || clock.monotonicSeconds() - lastTurnSeconds < yieldEverySeconds) return undefined;
    const leaves = Array.from(observers, (observer) => observer.onYield());
    return turnEventLoop().finally(() => {
      for (const leave of leaves) leave();
      lastTurnSeconds = clock.monotonicSeconds();
    });
  };

  const wrapperOf = (self: CallbackWrapper | undefined) => (!self || self === callback || transparent.has(self) ? undefined : self);

  /** The observer, where there is one fit alone: tfjs does not tell a callback which of several fits calls it. */
  const fitOf = (wrapper: CallbackWrapper | undefined) => {
    if (wrapper) return wrapped.of(wrapper);
    const [only] = observers;
    return observers.size === 1 ? only : undefined;
  };

  /** Tells the fit of a hook. A fit that is known by its wrapper alone rejects by what its hooks throw. */
  const hear = (hook: Hook) =>
    function (this: CallbackWrapper, number: number, logs: Logs = {}): Promise<void> {
      const wrapper = wrapperOf(this);
      const fit = fitOf(wrapper);
      const over = errors.guardAsync(hook, () => {
        const waiting = wrapper ? fit?.[hook](number, logs) : fit?.onHeard[hook](logs);
        const afterwards = hook === 'onBatchEnd' ? turn : () => {};
        return waiting ? waiting.then(afterwards) : afterwards();
      });
      return wrapper ? over.then(fit?.throwFailure) : over;
    };

  // The prototype makes tfjs take it for a class callback; the members are its own, so that a second copy of tfjs, whose prototype is another,
  // calls them as well.
  const callback: FitCallback = Object.assign(Object.create(tf.Callback.prototype), {
    setParams(given: FitParams) {
      params = given;
    },

    setModel(model: ModelLike) {
      announced.set(model, params);
      role.onModel(model);
    },

    onTrainBegin(this: CallbackWrapper) {
      const models = announced;
      announced = new Map();
      return errors.guardAsync('onTrainBegin', () => {
        reportMemory(tf, registry);
        lastTurnSeconds = clock.monotonicSeconds();
        if (this && this !== callback) onWrappedBegin(this, models);
        for (const [model, params] of models) {
          // One whose fit has failed since it was announced is in none.
          if (isInFit(model)) role.onFit(model, params, () => watch(model, params), errors);
        }
      });
    },

    ...Object.fromEntries(HOOKS.map((hook) => [hook, hear(hook)])),

    /**
     * Waits for the values of the last epochs, as tfjs is about to do with the same ones: asked for a second time before they have come, they would
     * go over the bus a second time.
     */
    onTrainEnd(this: CallbackWrapper) {
      const wrapper = wrapperOf(this);
      const fit = fitOf(wrapper);
      return errors.guardAsync('onTrainEnd', async () => {
        await fit?.valuesArrived();
        if (!wrapper) return;
        try {
          fit?.onTrainEnd();
        } finally {
          fit?.onLetGo();
        }
      });
    },
  }) as FitCallback;
  fitsOf.set(callback, fits);
  return callback;
}
