import { HookErrors } from '@modelmeter/core';
import { turnEventLoop } from './event-loop-turn.ts';
import { FailedFits, type FitTracker } from './failed-fits.ts';
import { FitObserver } from './fit-observer.ts';
import type { FitSettings } from './fit-options.ts';
import { guardedWatcher } from './guarded-watcher.ts';
import { holdHistory, reportMemory } from '../tensors/memory-metrics.ts';
import type { FitParams, Logs, ModelLike } from '../tf-like.ts';
import { isInFit, type ModelInFit, watchFit, watchSave } from './watch-fit.ts';
import { type CallbackWrapper, WrappedFits } from './wrapped-fits.ts';

/** Models to whose fit a callback of ours has been passed: one that is registered for every fit leaves them alone. */
const modelsWithCallback = new WeakSet<ModelLike>();

/** What one callback does in the fits that it is passed to, one after the other or several at once. */
export class FitCallbackHooks {
  readonly #settings: FitSettings;
  readonly #isRegistered: boolean;
  readonly #errors: HookErrors;
  /** Models that tfjs has announced, each with its parameters. The fits of others may be announced before the first of them begins. */
  readonly #announced = new Map<ModelLike, FitParams>();
  readonly #observers = new Set<FitObserver>();
  readonly #wrapped = new WrappedFits((observer) => this.#errors.guard('ending a run', () => observer.onLetGo()));
  readonly #failed = new FailedFits();
  #params: FitParams = {};
  #fitsBegun = 0;
  #lastTurnSeconds = 0;

  /** @param isRegistered whether tfjs makes the callback for every fit by itself. */
  constructor(settings: FitSettings, isRegistered: boolean) {
    this.#settings = settings;
    this.#isRegistered = isRegistered;
    this.#errors = new HookErrors(settings.registry);
  }

  setParams(params: FitParams): void {
    this.#params = params;
  }

  setModel(model: ModelLike): void {
    this.#announced.set(model, this.#params);
    // tfjs comes to registered callbacks first.
    if (this.#isRegistered) modelsWithCallback.delete(model);
    else modelsWithCallback.add(model);
  }

  onTrainBegin(wrapper: CallbackWrapper | undefined): Promise<void> {
    const announced = [...this.#announced];
    this.#announced.clear();
    return this.#errors.guardAsync('onTrainBegin', () => {
      reportMemory(this.#settings.tf, this.#settings.registry);
      this.#lastTurnSeconds = this.#settings.clock.monotonicSeconds();
      if (wrapper) this.#wrapped.add(wrapper, this.#begin(wrapper.params ?? {}));
      for (const [model, params] of announced) {
        // One whose fit has failed since it was announced is in none.
        if (isInFit(model) && !(this.#isRegistered && modelsWithCallback.has(model))) this.#watch(model, params);
      }
    });
  }

  onEpochBegin(epoch: number, wrapper: CallbackWrapper | undefined): Promise<void> {
    return this.#errors.guardAsync('onEpochBegin', () => (wrapper ? this.#wrapped.of(wrapper)?.onEpochBegin(epoch) : undefined));
  }

  onBatchBegin(wrapper: CallbackWrapper | undefined): Promise<void> {
    return this.#errors.guardAsync('onBatchBegin', () => {
      if (wrapper) this.#wrapped.of(wrapper)?.onStepBegin();
      else this.#only?.onCallbacksBegin();
    });
  }

  onBatchEnd(logs: Logs, wrapper: CallbackWrapper | undefined): Promise<void> {
    const observer = wrapper ? this.#wrapped.of(wrapper) : this.#only;
    const over = this.#errors.guardAsync('onBatchEnd', () => {
      if (wrapper) observer?.onStepEnd(logs);
      else observer?.onStepDone(logs);
      const waiting = observer?.waitForDevice(logs);
      return waiting ? waiting.then(() => this.#turn()) : this.#turn();
    });
    return wrapper ? over.then(() => observer?.throwFailure()) : over;
  }

  onEpochEnd(epoch: number, logs: Logs, wrapper: CallbackWrapper | undefined): Promise<void> {
    const observer = wrapper ? this.#wrapped.of(wrapper) : this.#only;
    const over = this.#errors.guardAsync('onEpochEnd', () => {
      if (wrapper) observer?.onEpochEnd(epoch, logs);
      else observer?.onCallbacksBegin();
    });
    return wrapper ? over.then(() => observer?.throwFailure()) : over;
  }

  /**
   * Waits for the values of the last epochs, as tfjs is about to do with the same ones: asked for a second time before they have come, they would go
   * over the bus a second time.
   */
  onTrainEnd(wrapper: CallbackWrapper | undefined): Promise<void> {
    const observer = wrapper ? this.#wrapped.of(wrapper) : this.#only;
    return this.#errors.guardAsync('onTrainEnd', async () => {
      await observer?.valuesArrived();
      if (!wrapper) return;
      try {
        observer?.onTrainEnd();
      } finally {
        observer?.onLetGo();
      }
    });
  }

  /** Somebody awaits fits, until released, and will know the errors of those that fail. */
  track(): FitTracker {
    const begunBefore = this.#fitsBegun;
    const tracker = this.#failed.track((failure) => {
      // A fit that failed before tfjs called anybody was a run all the same.
      const observer = this.#fitsBegun === begunBefore ? this.#begin({}) : this.#wrapped.only;
      observer?.end(failure);
      observer?.onLetGo();
    });
    return {
      fail: (failure) => this.#errors.guard('ending a run', () => tracker.fail(failure)),
      release: () => this.#errors.guard('ending a run', () => tracker.release()),
    };
  }

  /** Begins to observe a fit; `undo` is what is to be undone when it is over. */
  #begin(params: FitParams, model?: ModelLike, undo: (() => void)[] = []): FitObserver {
    this.#fitsBegun++;
    const observer: FitObserver = new FitObserver(this.#settings, params, model, {
      onError: (error) => this.#errors.report('reading a value', error),
      onLetGo: () => {
        for (const one of undo.splice(0)) one();
        this.#observers.delete(observer);
        this.#wrapped.delete(observer);
      },
      isTracked: () => this.#failed.take(observer),
    });
    return observer;
  }

  #watch(model: ModelInFit, params: FitParams): void {
    const undo: (() => void)[] = [];
    const observer = this.#begin(params, model, undo);
    const watcher = guardedWatcher(observer, this.#errors);
    this.#observers.add(observer);
    undo.push(watchFit(model, watcher), holdHistory(model));
    if (this.#settings.measureSave) undo.push(watchSave(model, watcher));
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
