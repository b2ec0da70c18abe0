import type { HistoryLike, Logs, ModelLike } from '../tf-like.ts';
import { overrideProperty, watchMethod } from './watch-method.ts';

/** What happens in one fit, told when every callback has heard of it. None of these may throw, but for `throwFailure`. */
export interface FitWatcher {
  /** @param epoch counted from the first epoch of the model. */
  onEpochBegin(epoch: number): void;
  /** Now tfjs computes. */
  onStepBegin(): void;
  /** The gradients of a step, about to be applied; called inside tfjs's own `tidy`. */
  onGradients(gradients: unknown): void;
  /** The weights have been updated: what comes until the end of the step is no part of it. */
  onUpdated(): void;
  onStepEnd(logs: Logs): void;
  onEpochEnd(epoch: number, logs: Logs): void;
  /** After the end of a step or an epoch: throws what the user asked the fit to reject with, if that has happened. */
  throwFailure(): void;
  onTrainEnd(): void;
  /** A validation or evaluation begins; the returned function is called when it is over, with what it returned. */
  onValidation(): (returned: unknown) => void;
  /** The model is being saved; the returned function is called when that is over. */
  onSave(): () => void;
  /** tfjs has let go of the model: the fit is over, by its end or because it threw. */
  onLetGo(): void;
}

/** A model in a fit whose History can be seen. */
export interface ModelInFit extends ModelLike {
  readonly history: HistoryLike;
}

export function isInFit(model: ModelLike): model is ModelInFit {
  return model.isTraining === true && typeof model.history?.onBatchBegin === 'function';
}

/**
 * Watches a fit from within its `onTrainBegin` until the returned function is called (tfjs-layers 4.22).
 *
 * - History is made for each fit and is the last of its callbacks, so its hooks mark the end of everybody else's, and tell one fit from another
 *   (base_callbacks.ts:579-609).
 * - Every optimizer updates weights through its own `applyGradients` (tfjs-core, optimizer.ts:59-80).
 * - Validation runs through the model's `testLoop` or `evaluateDataset` (training.ts:1732, training_dataset.ts:470).
 * - `isTraining` is cleared however a fit ends (training.ts:1588).
 */
export function watchFit(model: ModelInFit, watcher: FitWatcher): () => void {
  const { history } = model;
  const undo = [
    watchMethod(history, 'onEpochBegin', ([epoch]) => watcher.onEpochBegin(epoch as number)),
    watchMethod(history, 'onBatchBegin', () => watcher.onStepBegin()),
    watchMethod(history, 'onBatchEnd', ([, logs]) => {
      watcher.onStepEnd((logs ?? {}) as Logs);
      return () => watcher.throwFailure();
    }),
    watchMethod(history, 'onEpochEnd', ([epoch, logs]) => {
      watcher.onEpochEnd(epoch as number, (logs ?? {}) as Logs);
      return () => watcher.throwFailure();
    }),
    watchMethod(history, 'onTrainEnd', () => watcher.onTrainEnd()),
    ...['testLoop', 'evaluateDataset'].map((method) => watchMethod(model, method, () => watcher.onValidation())),
    watchLetGo(model, () => watcher.onLetGo()),
  ];
  if (model.optimizer) {
    const onApply = ([gradients]: readonly unknown[]) => {
      watcher.onGradients(gradients);
      return () => watcher.onUpdated();
    };
    undo.push(watchMethod(model.optimizer, 'applyGradients', onApply));
  }
  return () => undo.forEach((one) => one());
}

/**
 * Watches `model.save` until the returned function is called. Users hold a Sequential whose inner model tfjs trains, so it is watched where both have
 * it from, which is not always the user's `tf`.
 */
export function watchSave(model: ModelLike, watcher: FitWatcher): () => void {
  let owner: object | null = model;
  while (owner && !Object.hasOwn(owner, 'save')) owner = Object.getPrototypeOf(owner) as object | null;
  return watchMethod(owner ?? model, 'save', (_args, self) => {
    return self === model || (self as { model?: unknown }).model === model ? watcher.onSave() : undefined;
  });
}

const letGoWatchers = new WeakMap<object, Set<() => void>>();

function watchLetGo(model: ModelLike, watcher: () => void): () => void {
  const watchers = letGoWatchers.get(model) ?? watchIsTraining(model);
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** `isTraining` is an accessor until tfjs clears it; then it is a plain property again. */
function watchIsTraining(model: { isTraining?: unknown }): Set<() => void> {
  const watchers = new Set<() => void>();
  let isTraining = model.isTraining;
  const restore = overrideProperty(model, 'isTraining', {
    configurable: true,
    enumerable: true,
    get: () => isTraining,
    set: (value: unknown) => {
      isTraining = value;
      if (value !== false) return;
      restore();
      model.isTraining = value;
      letGoWatchers.delete(model);
      for (const watcher of [...watchers]) watcher();
    },
  });
  letGoWatchers.set(model, watchers);
  return watchers;
}
