import type { TfLike } from '../tf-like.ts';

/** A namespace whose `CustomCallback` turns a plain object into a class callback. */
export interface TfWithCustomCallback<C> extends TfLike {
  readonly CustomCallback: new (hooks: never, yieldEvery: never) => C;
}

/**
 * Makes an array of callbacks that tfjs accepts from any mix of class callbacks (`fitMetrics`, `earlyStopping`, `tensorBoard`, your own) and plain
 * objects with hooks, which tfjs alone takes only unmixed (tensorflow/tfjs#1792). Entries that are undefined or null are left out.
 *
 * ```ts
 * callbacks: callbacks(tf, [fitMetrics(tf), tf.callbacks.earlyStopping(), { onEpochEnd: async () => {} }])
 * ```
 *
 * @param yieldEvery how plain objects have tfjs yield, as the option of `fit`.
 * @throws TypeError for an entry that is no object.
 */
export function callbacks<C>(
  tf: TfWithCustomCallback<C>,
  mixed: readonly unknown[],
  yieldEvery: 'auto' | 'batch' | 'epoch' | 'never' | number = 'auto',
): C[] {
  return mixed.flatMap((callback, i) => {
    if (callback === undefined || callback === null) return [];
    if (typeof callback !== 'object') throw new TypeError(`callbacks[${i}] is of type ${typeof callback}, not a callback`);
    return [isClassCallback(callback) ? (callback as C) : new tf.CustomCallback(callback as never, yieldEvery as never)];
  });
}

/** tfjs calls this on class callbacks alone. */
function isClassCallback(callback: object): boolean {
  return typeof (callback as { setParams?: unknown }).setParams === 'function';
}
