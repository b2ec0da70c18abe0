import type { ResultWatcher } from './result-watcher.ts';
import { isNodeStream, watchNodeStream } from './watch-node-stream.ts';
import { isIterable, isWebStream, watchIterable, watchWebStream } from './watch-stream.ts';
import { isThenable, watchThenable } from './watch-thenable.ts';

/** Runs `action` and returns or throws what it does; the watcher is told when it is over, however it goes on. */
export function watchCall<R>(action: () => R, watcher: ResultWatcher): R {
  let result: R;
  try {
    result = watcher.within(action);
  } catch (error) {
    watcher.fail(error);
    throw error;
  }
  return watchResult(result, watcher);
}

/** Tells the watcher when what a call has returned is complete, and returns it. */
export function watchResult<R>(result: R, watcher: ResultWatcher): R {
  if (typeof result === 'object' && result !== null) {
    try {
      if (isThenable(result)) return watchThenable(result, (value) => watchResult(value, watcher), watcher);
      if (isWebStream(result)) return watchWebStream(result, watcher);
      if (isNodeStream(result)) return watchNodeStream(result, watcher);
      if (isIterable(result)) return watchIterable(result, watcher);
    } catch {
      // What is asked of a result may throw where it is a proxy or has getters: then it is complete as it is.
    }
  }
  watcher.end(result);
  return result;
}
