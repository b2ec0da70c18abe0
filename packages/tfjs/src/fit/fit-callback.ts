import { HookErrors } from '@modelmeter/core';
import { turnEventLoop } from './event-loop-turn.ts';
import type { FailedFits } from './failed-fits.ts';
import { FitObserver } from './fit-observer.ts';
import type { FitSettings } from './fit-options.ts';
import { holdHistory, reportMemory } from '../tensors/memory-metrics.ts';
import type { FitParams, Logs, ModelLike } from '../tf-like.ts';
import { isInFit, type ModelInFit, watchFit } from './watch-fit.ts';
import { type CallbackWrapper, WrappedFits } from './wrapped-fits.ts';

/** Models to whose fit a callback of ours has been passed: one that is registered for every fit leaves them alone. */
export const modelsWithCallback = new WeakSet<ModelLike>();

/** Fits that a registered callback has begun to measure, by the parameters, which tfjs hands to wrappers as well. */
export const registeredFits = new WeakMap<FitParams, { readonly model: ModelLike; withdraw(): void }>();

/** What one callback does in the fits that it is passed to, one after the other or several at once. */
export class FitCallbackHooks {
  readonly errors: HookErrors;
  /** Where those who await a fit, and will know its error, get it from; undefined while there is nobody. */
  failedFits: FailedFits | undefined;
  fitsBegun = 0;
  readonly #settings: FitSettings;
  /** Models that tfjs has announced, each with its parameters. The fits of others may be announced before the first of them begins. */
  readonly #announced = new Map<ModelLike, FitParams>();
  readonly #observers = new Set<FitObserver>();
  readonly #wrapped = new WrappedFits((observer) => this.errors.guard('ending a run', () => observer.onLetGo()));
  /** Wrappers of fits whose model is known all the same. */
  readonly #transparent = new WeakSet<CallbackWrapper>();
  #params: FitParams = {};
  #lastTurnSeconds = 0;

  constructor(settings: FitSettings) {
    this.#settings = settings;
    this.errors = new HookErrors(settings.registry);
  }

  setParams(params: FitParams): void {
    this.#params = params;
  }

  setModel(model: ModelLike): void {
    this.#announced.set(model, this.#params);
    modelsWithCallback.add(model);
  }

  /** Whether a wrapper makes no difference: its fit is seen through its model. */
  seesThrough(wrapper: CallbackWrapper): boolean {
    return this.#transparent.has(wrapper);
  }

  onTrainBegin(wrapper: CallbackWrapper | undefined): Promise<void> {
    const announced = [...this.#announced];
    this.#announced.clear();
    return this.errors.guardAsync('onTrainBegin', () => {
      reportMemory(this.#settings.tf, this.#settings.registry);
      this.#lastTurnSeconds = this.#settings.clock.monotonicSeconds();
      if (wrapper) this.#onWrappedBegin(wrapper, wrapper.params ?? {}, announced);
      for (const [model, params] of announced) {
        // One whose fit has failed since it was announced is in none.
        if (isInFit(model)) this.watch(model, params);
      }
    });
  }

  onEpochBegin(epoch: number, wrapper: CallbackWrapper | undefined): Promise<void> {
    return this.#hear('onEpochBegin', wrapper, (fit) => (wrapper ? fit.onEpochBegin(epoch) : undefined));
  }

  onBatchBegin(wrapper: CallbackWrapper | undefined): Promise<void> {
    return this.#hear('onBatchBegin', wrapper, (fit) => (wrapper ? fit.onBatchBegin() : fit.onCallbacksBegin()));
  }

  onBatchEnd(batch: number, logs: Logs, wrapper: CallbackWrapper | undefined): Promise<void> {
    const hear = (fit: FitObserver) => {
      if (wrapper) fit.onBatchEnd(batch, logs);
      else fit.onStepDone(logs);
      return fit.waitAfterStep(logs);
    };
    return this.#hear('onBatchEnd', wrapper, hear, () => this.#turn());
  }

  onEpochEnd(epoch: number, logs: Logs, wrapper: CallbackWrapper | undefined): Promise<void> {
    return this.#hear('onEpochEnd', wrapper, (fit) => {
      if (wrapper) return fit.onEpochEnd(epoch, logs);
      fit.onCallbacksBegin();
      return fit.waitAfterEpoch(logs);
    });
  }

  /**
   * Waits for the values of the last epochs, as tfjs is about to do with the same ones: asked for a second time before they have come, they would go
   * over the bus a second time.
   */
  onTrainEnd(wrapper: CallbackWrapper | undefined): Promise<void> {
    const observer = this.#fitOf(wrapper);
    return this.errors.guardAsync('onTrainEnd', async () => {
      await observer?.valuesArrived();
      if (!wrapper) return;
      try {
        observer?.onTrainEnd();
      } finally {
        observer?.onLetGo();
      }
    });
  }

  /** A fit that was not seen to throw: one that failed before tfjs called anybody, which was a run all the same, or one behind a wrapper. */
  unseenFit(fitsBegunBefore: number): FitObserver | undefined {
    return this.fitsBegun === fitsBegunBefore ? this.#begin({}) : this.#wrapped.only;
  }

  /** Begins to observe a fit; `undo` is what is to be undone when it is over. */
  #begin(params: FitParams, model?: ModelLike, undo: (() => void)[] = []): FitObserver {
    this.fitsBegun++;
    const observer: FitObserver = new FitObserver(this.#settings, params, model, {
      errors: this.errors,
      onLetGo: () => {
        for (const one of undo.splice(0)) one();
        this.#observers.delete(observer);
        this.#wrapped.delete(observer);
      },
      isTracked: () => this.failedFits?.take(observer) === true,
    });
    return observer;
  }

  /** A fit that a registered callback has begun to measure is ours now, and its model is known. */
  #onWrappedBegin(wrapper: CallbackWrapper, params: FitParams, announced: [ModelLike, FitParams][]): void {
    const registered = registeredFits.get(params);
    if (registered) {
      registered.withdraw();
      this.#transparent.add(wrapper);
      announced.push([registered.model, params]);
    } else {
      // The wrapper may have been in a fit before.
      this.#transparent.delete(wrapper);
      this.#wrapped.add(wrapper, this.#begin(params));
    }
  }

  /** Begins to observe a fit whose model is known. */
  protected watch(model: ModelInFit, params: FitParams): FitObserver | undefined {
    const undo: (() => void)[] = [];
    const observer = this.#begin(params, model, undo);
    this.#observers.add(observer);
    undo.push(watchFit(model, observer, this.errors), holdHistory(model));
    return observer;
  }

  /** Tells the fit of a hook, then goes on to what comes `afterwards`. A fit that is known by its wrapper alone rejects by what its hooks throw. */
  #hear(
    place: string,
    wrapper: CallbackWrapper | undefined,
    tell: (fit: FitObserver) => void | Promise<void>,
    afterwards: () => void | Promise<void> = () => {},
  ): Promise<void> {
    const fit = this.#fitOf(wrapper);
    const over = this.errors.guardAsync(place, () => {
      const waiting = fit && tell(fit);
      return waiting ? waiting.then(afterwards) : afterwards();
    });
    return wrapper ? over.then(() => fit?.throwFailure()) : over;
  }

  #fitOf(wrapper: CallbackWrapper | undefined): FitObserver | undefined {
    return wrapper ? this.#wrapped.of(wrapper) : this.#only;
  }

  /** The observer, where there is one fit alone: tfjs does not tell a callback which of several fits calls it. */
  get #only(): FitObserver | undefined {
    if (this.#observers.size !== 1) return undefined;
    const [only] = this.#observers;
    return only;
  }

  #turn(): Promise<void> | undefined {
    const { clock, yieldEverySeconds } = this.#settings;
    if (yieldEverySeconds === false || clock.monotonicSeconds() - this.#lastTurnSeconds < yieldEverySeconds) return undefined;
    const leaves = Array.from(this.#observers, (observer) => observer.onYield());
    return turnEventLoop().finally(() => {
      for (const leave of leaves) leave();
      this.#lastTurnSeconds = clock.monotonicSeconds();
    });
  }
}
