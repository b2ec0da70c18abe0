import type { Callback } from '@tensorflow/tfjs';
import type { TensorFlow } from './backends.ts';

export const HOOKS = ['onTrainBegin', 'onEpochBegin', 'onBatchBegin', 'onBatchEnd', 'onEpochEnd', 'onTrainEnd'] as const;
export type Hook = (typeof HOOKS)[number];
export type Calls = Record<Hook, number>;

const noCalls = (): Calls => ({ onTrainBegin: 0, onEpochBegin: 0, onBatchBegin: 0, onBatchEnd: 0, onEpochEnd: 0, onTrainEnd: 0 });

/** A class callback as users write them, with hooks on its prototype that need their `this`. */
export function countingCallback(tf: TensorFlow): Callback & { readonly calls: Calls } {
  class CountingCallback extends tf.Callback {
    readonly calls = noCalls();
  }
  for (const hook of HOOKS) {
    Object.defineProperty(CountingCallback.prototype, hook, {
      value: async function (this: CountingCallback) {
        this.calls[hook]++;
      },
    });
  }
  return new CountingCallback();
}

/** The same as a plain object, with arrow functions. */
export function countingObject(): { readonly calls: Calls } & Record<Hook, () => Promise<void>> {
  const calls = noCalls();
  const hookOf = (hook: Hook) => async () => {
    calls[hook]++;
  };
  return {
    calls,
    ...(Object.fromEntries(HOOKS.map((hook) => [hook, hookOf(hook)])) as Record<Hook, () => Promise<void>>),
  };
}
