import type { HookErrors } from '@modelmeter/core';
import type { HistoryLike, Logs, ModelLike } from '../tf-like.ts';
import { type MethodWatcher, overrideProperty, watchMethod } from './watch-method.ts';

/** What happens in one fit, told when every callback has heard of it. */
export interface FitWatcher {
  /** @param epoch counted from the first epoch of the model. */
  onEpochBegin(epoch: number, logs?: Logs): void;
  /** Now tfjs computes. */
  onBatchBegin(batch: number, logs?: Logs): void;
  /**
   * The gradients of a step, about to be applied; called inside tfjs's own `tidy`. The returned function is called when the weights have been
   * updated: what comes until the end of the step is no part of it.
   */
  onGradients(gradients: unknown): (() => void) | void;
  onBatchEnd(batch: number, logs?: Logs): void;
  onEpochEnd(epoch: number, logs?: Logs): void;
  /** After the end of a step or an epoch, where the user asked for it: throws what the fit is to reject with, if that has happened. */
  readonly throwFailure: (() => void) | undefined;
  onTrainEnd(): void;
  /** A validation or evaluation begins; the returned function is called when it is over, with what it returned. */
  onValidation(): (returned: unknown) => void;
  /** tfjs has let go of the model: the fit is over, by its end or because it threw. */
  onLetGo(): void;
}

/** What tfjs calls for each epoch and batch. */
export const HOOKS = ['onEpochBegin', 'onBatchBegin', 'onBatchEnd', 'onEpochEnd'] as const;
export type Hook = (typeof HOOKS)[number];

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
 *
 * What the watcher throws is reported and goes no further, but for what `throwFailure` does.
 */
export function watchFit(model: ModelInFit, watcher: FitWatcher, errors: HookErrors): () => void {
  const { history } = model;
  const { throwFailure } = watcher;
  const watch = (object: object, method: string, begin: MethodWatcher) => watchMethod(object, method, guarded(method, begin, errors));
  const undo = [
    ...HOOKS.map((hook) => watch(history, hook, ([number, logs]) => watcher[hook](number as number, logs as Logs | undefined))),
    watch(history, 'onTrainEnd', () => watcher.onTrainEnd()),
    ...(throwFailure ? ['onBatchEnd', 'onEpochEnd'] : []).map((method) => watchMethod(history, method, () => throwFailure)),
    ...['testLoop', 'evaluateDataset'].map((method) => watch(model, method, () => watcher.onValidation())),
    watchLetGo(model, () => errors.guard('onLetGo', () => watcher.onLetGo())),
  ];
  if (model.optimizer) undo.push(watch(model.optimizer, 'applyGradients', ([gradients]) => watcher.onGradients(gradients)));
  return () => undo.forEach((one) => one());
}

/** A watcher whose failures are reported and go no further. */
export function guarded(place: string, begin: MethodWatcher, errors: HookErrors): MethodWatcher {
  return (args, self) => {
    const end = errors.guard(place, () => begin(args, self));
    return end && ((returned) => errors.guard(place, () => end(returned)));
  };
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
