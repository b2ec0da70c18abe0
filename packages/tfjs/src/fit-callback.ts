import { turnEventLoop } from './event-loop-turn.ts';
import { FitObserver } from './fit-observer.ts';
import type { FitSettings } from './fit-options.ts';
import { guardedWatcher } from './guarded-watcher.ts';
import { HookErrors } from './hook-errors.ts';
import { holdHistory, reportMemory } from './memory-metrics.ts';
import type { FitParams, Logs, ModelLike } from './tf-like.ts';
import { watchFit, watchSave } from './watch-fit.ts';

/** Models to whose fit a callback of ours has been passed: one that is registered for every fit leaves them alone. */
const modelsWithCallback = new WeakSet<ModelLike>();

/** Somebody who awaits fits and will know the errors of those that fail. */
export interface FailureTracker {
  /** Ends the runs of the fits that have failed. */
  end(result: 'failure' | 'cancelled', errorType: string): void;
  release(): void;
}

/** What one callback does in the fits that it is passed to, one after the other or several at once. */
export class FitCallbackHooks {
  readonly #settings: FitSettings;
  readonly #isRegistered: boolean;
  readonly #errors: HookErrors;
  readonly #observers = new Set<FitObserver>();
  readonly #failed = new Set<FitObserver>();
  #trackers = 0;
  /** The observer of a fit whose History cannot be seen: the callback's own hooks have to do. */
  #driven: FitObserver | undefined;
  #params: FitParams | undefined;
  #model: ModelLike | undefined;
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
    this.#model = model;
    if (!this.#isRegistered) modelsWithCallback.add(model);
  }

  /** @param ownParams those of the wrapper that tfjs may have put around the callback; it then sets neither parameters nor model. */
  onTrainBegin(ownParams: FitParams | null | undefined): Promise<void> {
    this.#driven = undefined;
    return this.#errors.guardAsync('onTrainBegin', () => {
      const model = this.#model;
      if (this.#isRegistered && model && modelsWithCallback.has(model)) return;
      reportMemory(this.#settings.tf, this.#settings.registry);
      this.#lastTurnSeconds = this.#settings.clock.monotonicSeconds();
      this.#observe(this.#params ?? ownParams ?? {}, model);
    });
  }

  onEpochBegin(epoch: number): Promise<void> {
    return this.#errors.guardAsync('onEpochBegin', () => this.#driven?.onEpochBegin(epoch));
  }

  onBatchBegin(): Promise<void> {
    return this.#errors.guardAsync('onBatchBegin', () => {
      this.#only?.onCallbacksBegin();
      this.#driven?.onStepBegin();
    });
  }

  onBatchEnd(logs: Logs): Promise<void> {
    return this.#errors.guardAsync('onBatchEnd', () => {
      const only = this.#only;
      only?.onStepDone(logs);
      this.#driven?.onStepEnd(logs);
      const waiting = only?.waitForDevice(logs);
      return waiting ? waiting.then(() => this.#turn()) : this.#turn();
    });
  }

  onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    return this.#errors.guardAsync('onEpochEnd', () => {
      this.#only?.onCallbacksBegin();
      this.#driven?.onEpochEnd(epoch, logs);
    });
  }

  onTrainEnd(): Promise<void> {
    return this.#errors.guardAsync('onTrainEnd', () => {
      this.#driven?.onTrainEnd();
      this.#driven?.onLetGo();
    });
  }

  track(): FailureTracker {
    this.#trackers++;
    return {
      end: (result, errorType) => this.#endFailed(result, errorType),
      release: () => {
        if (--this.#trackers === 0) this.#endFailed('failure');
      },
    };
  }

  #observe(params: FitParams, model: ModelLike | undefined): void {
    const { tf, measureSave } = this.#settings;
    const undo: (() => void)[] = [];
    const observer: FitObserver = new FitObserver(this.#settings, params, model, {
      onError: (error) => this.#errors.report('reading a value', error),
      onLetGo: () => {
        for (const one of undo.splice(0)) one();
        this.#observers.delete(observer);
        if (model) modelsWithCallback.delete(model);
      },
      isTracked: () => this.#trackers > 0 && this.#failed.add(observer) !== undefined,
    });
    const watcher = guardedWatcher(observer, this.#errors);
    const unwatch = watchFit(model, watcher);
    if (!model || !unwatch) {
      this.#driven = observer;
      return;
    }
    this.#observers.add(observer);
    undo.push(unwatch, holdHistory(model));
    if (measureSave) undo.push(watchSave(tf.LayersModel.prototype, model, watcher));
  }

  /** The observer, where there is one fit alone: tfjs does not tell a callback which of several fits calls it. */
  get #only(): FitObserver | undefined {
    if (this.#observers.size !== 1) return undefined;
    const [only] = this.#observers;
    return only;
  }

  #endFailed(result: 'failure' | 'cancelled', errorType?: string): void {
    for (const observer of this.#failed) this.#errors.guard('ending a run', () => observer.end(result, errorType));
    this.#failed.clear();
  }

  #turn(): Promise<void> | undefined {
    const { clock, yieldEverySeconds } = this.#settings;
    if (yieldEverySeconds === false || clock.monotonicSeconds() - this.#lastTurnSeconds < yieldEverySeconds) return undefined;
    const leaves = Array.from(this.#observers, (observer) => observer.onYield());
    return turnEventLoop().then(() => {
      for (const leave of leaves) leave();
      this.#lastTurnSeconds = clock.monotonicSeconds();
    });
  }
}
