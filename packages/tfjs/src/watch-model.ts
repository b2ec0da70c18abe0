import type { ModelLike } from './tf-like.ts';

/** What a fit does to its model, as far as tfjs tells no callback. */
export interface ModelWatcher {
  /** A validation or evaluation begins; the returned function is called when it is over, however it ends. */
  onValidation(): () => void;
  /** The fit is over although `onTrainEnd` has not been called: it threw. */
  onAbort(): void;
}

interface Watch {
  readonly watchers: Set<ModelWatcher>;
  readonly restore: () => void;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;
type MutableModel = Record<string, unknown>;

const watches = new WeakMap<object, Watch>();

/**
 * Watches a model from within `onTrainBegin` until the returned function is called. tfjs runs validation through the model's own `testLoop`
 * and `evaluateDataset` and clears its `isTraining` however a fit ends (tfjs-layers 4.22, training.ts:1588 and 1732, training_dataset.ts:470):
 * these three become own properties of the instance for as long as anybody watches, and are put back exactly as they were.
 */
export function watchModel(model: ModelLike, watcher: ModelWatcher): () => void {
  const watch = watches.get(model) ?? patch(model as MutableModel);
  watch.watchers.add(watcher);
  return () => {
    watch.watchers.delete(watcher);
    if (watch.watchers.size > 0) return;
    watches.delete(model);
    watch.restore();
  };
}

function patch(model: MutableModel): Watch {
  const watchers = new Set<ModelWatcher>();
  const restores = [
    ...['testLoop', 'evaluateDataset'].map((method) => wrapMethod(model, method, watchers)),
    watchIsTraining(model, watchers),
  ];
  const watch = { watchers, restore: () => restores.forEach((restore) => restore()) };
  watches.set(model, watch);
  return watch;
}

function wrapMethod(model: MutableModel, name: string, watchers: ReadonlySet<ModelWatcher>): () => void {
  const original = model[name];
  if (typeof original !== 'function') return () => {};
  return override(model, name, {
    configurable: true,
    enumerable: false,
    writable: true,
    value: function (this: unknown, ...args: unknown[]) {
      const ends = [...watchers].map((watcher) => watcher.onValidation());
      const end = () => ends.forEach((one) => one());
      let result: unknown;
      try {
        result = (original as Method).apply(this, args);
      } catch (error) {
        end();
        throw error;
      }
      if (!(result instanceof Promise)) {
        end();
        return result;
      }
      return result.finally(end);
    },
  });
}

function watchIsTraining(model: MutableModel, watchers: ReadonlySet<ModelWatcher>): () => void {
  let isTraining = model['isTraining'];
  if (typeof isTraining !== 'boolean') return () => {};
  const restore = override(model, 'isTraining', {
    configurable: true,
    enumerable: true,
    get: () => isTraining,
    set: (value: unknown) => {
      isTraining = value;
      if (value === false) for (const watcher of [...watchers]) watcher.onAbort();
    },
  });
  return () => {
    restore();
    model['isTraining'] = isTraining;
  };
}

/** Defines an own property and returns the way back. */
function override(model: MutableModel, name: string, descriptor: PropertyDescriptor): () => void {
  const before = Object.getOwnPropertyDescriptor(model, name);
  Object.defineProperty(model, name, descriptor);
  return () => {
    if (before) Object.defineProperty(model, name, before);
    else delete model[name];
  };
}
