import type { FitObserver } from './fit-observer.ts';
import type { FitParams } from '../tf-like.ts';

/** What tfjs puts around each callback of an array that begins with a plain object. It calls our hooks, and has parameters but no model. */
export interface CallbackWrapper {
  readonly params?: FitParams | null;
}

/** Observers of fits whose model cannot be seen: the hooks that their wrapper calls have to do. */
export class WrappedFits {
  readonly #observers = new WeakMap<CallbackWrapper, FitObserver>();
  readonly #alive = new Set<FitObserver>();
  readonly #wrappers: FinalizationRegistry<FitObserver>;

  /** @param onAbandoned called for a fit that has thrown, some time after: nothing tells of it but that its wrapper is let go of. */
  constructor(onAbandoned: (observer: FitObserver) => void) {
    this.#wrappers = new FinalizationRegistry((observer) => {
      if (this.#alive.has(observer)) onAbandoned(observer);
    });
  }

  add(wrapper: CallbackWrapper, observer: FitObserver): void {
    this.#observers.set(wrapper, observer);
    this.#alive.add(observer);
    this.#wrappers.register(wrapper, observer);
  }

  of(wrapper: CallbackWrapper): FitObserver | undefined {
    return this.#observers.get(wrapper);
  }

  delete(observer: FitObserver): void {
    this.#alive.delete(observer);
  }

  /** The observer, where there is one alone. */
  get only(): FitObserver | undefined {
    const [only, another] = this.#alive;
    return another ? undefined : only;
  }
}
