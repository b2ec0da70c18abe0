import type { ResultWatcher } from './result-watcher.ts';
import { isApiPromise, watchApiPromise } from './watch-api-promise.ts';

export function isThenable(value: object): value is PromiseLike<unknown> {
  return 'then' in value && typeof value.then === 'function';
}

/**
 * Tells what a promise settles with, before anybody who awaits it knows.
 * @param fulfilled told of the value; what it returns takes its place.
 */
export function watchThenable<P extends PromiseLike<unknown>>(
  promise: P,
  fulfilled: (value: unknown) => unknown,
  watcher: ResultWatcher,
): P {
  const rejected = (error: unknown): never => {
    watcher.fail(error);
    throw error;
  };
  // Nobody looks up the `then` of a plain promise to await it. One that follows it takes its place, with whatever has been added to it.
  if (Object.getPrototypeOf(promise) === Promise.prototype) {
    const followed = promise.then(fulfilled, rejected);
    for (const key of Object.keys(promise)) Object.defineProperty(followed, key, Object.getOwnPropertyDescriptor(promise, key) ?? {});
    return followed as unknown as P;
  }
  // A class of its own may have methods of its own, or begin only when it is awaited: it stays what it is.
  watcher.open?.(promise);
  if (isApiPromise(promise)) {
    watchApiPromise(promise, fulfilled, rejected);
    return promise;
  }
  const then = Reflect.get(promise, 'then') as () => unknown;
  // oxlint-disable-next-line unicorn/no-thenable -- It has one already.
  Reflect.defineProperty(promise, 'then', {
    configurable: true,
    writable: true,
    value(this: unknown, onFulfilled?: ((value: unknown) => unknown) | null, onRejected?: ((error: unknown) => unknown) | null): unknown {
      const settle = (value: unknown) => {
        const seen = fulfilled(value);
        return typeof onFulfilled === 'function' ? onFulfilled(seen) : seen;
      };
      const refuse = (error: unknown) => {
        watcher.fail(error);
        if (typeof onRejected === 'function') return onRejected(error);
        throw error;
      };
      return Reflect.apply(then, this, [settle, refuse]);
    },
  });
  return promise;
}
