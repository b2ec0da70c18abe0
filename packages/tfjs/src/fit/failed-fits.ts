import type { Failure } from '../run/error-type.ts';
import type { CallbackFits } from './fit-callback.ts';
import type { FitObserver } from './fit-observer.ts';

/** Somebody who awaits a fit and will know its error if it fails. */
export interface FitTracker {
  /** The fit has failed. */
  fail(failure: Failure): void;
  /** It is awaited no longer. */
  release(): void;
}

/** Fits of a callback that have thrown, kept until somebody who awaits them tells the error. */
export class FailedFits {
  readonly #fits: CallbackFits;
  readonly #failed = new Set<FitObserver>();
  #trackers = 0;

  constructor(fits: CallbackFits) {
    this.#fits = fits;
  }

  /** Takes a fit that has thrown, if there is anybody who will know why. */
  take(observer: FitObserver): boolean {
    if (this.#trackers > 0) this.#failed.add(observer);
    return this.#trackers > 0;
  }

  /** Somebody awaits fits, until released. */
  track(): FitTracker {
    const { errors, begun } = this.#fits;
    this.#trackers++;
    return {
      fail: (failure) => errors.guard('ending a run', () => this.#fail(failure, begun)),
      release: () => errors.guard('ending a run', () => this.#release()),
    };
  }

  #fail(failure: Failure, begunBefore: number): void {
    // Of several fits that are awaited, the first to throw is the first to reject. One that is awaited alone may have been tried several times.
    if (this.#end(failure, this.#trackers === 1 ? Infinity : 1)) return;
    const observer = this.#fits.unseen(begunBefore);
    observer?.end(failure);
    observer?.onLetGo();
  }

  #release(): void {
    // An error that the user has caught on its way here is not known.
    if (--this.#trackers === 0) this.#end({ result: 'failure' }, Infinity);
  }

  #end(failure: Partial<Failure>, count: number): boolean {
    const ending = [...this.#failed].slice(0, count);
    for (const observer of ending) {
      this.#failed.delete(observer);
      observer.end(failure);
    }
    return ending.length > 0;
  }
}
