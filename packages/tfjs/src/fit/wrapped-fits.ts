import type { FitObserver } from './fit-observer.ts';
import type { FitParams } from '../tf-like.ts';

/** What tfjs puts around each callback of an array that begins with a plain object. It calls our hooks, and has parameters but no model. */
export interface CallbackWrapper {
  readonly params?: FitParams | null;
}

/**
 * Observers of fits whose model cannot be seen: the hooks that their wrapper calls have to do.
 *
 * @param onAbandoned called for a fit that has thrown, some time after: nothing tells of it but that its wrapper is let go of.
 */
export function wrappedFits(onAbandoned: (observer: FitObserver) => void) {
  const observers = new WeakMap<CallbackWrapper, FitObserver>();
  const alive = new Set<FitObserver>();
  const wrappers = new FinalizationRegistry<FitObserver>((observer) => {
    if (alive.has(observer)) onAbandoned(observer);
  });
  return {
    add(wrapper: CallbackWrapper, observer: FitObserver) {
      observers.set(wrapper, observer);
      alive.add(observer);
      wrappers.register(wrapper, observer);
    },

    of: (wrapper: CallbackWrapper) => observers.get(wrapper),

    delete: (observer: FitObserver) => alive.delete(observer),

    /** The observer, where there is one alone. */
    only() {
      const [only, another] = alive;
      return another ? undefined : only;
    },
  };
}
