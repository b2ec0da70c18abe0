import type { ResultWatcher } from './result-watcher.ts';

/** A watcher that calls one of the two, once: when a call is over, or when it has failed. A stream that is left early is over. */
export function watchEnd(ended: () => void, failed: (error: unknown) => void): ResultWatcher {
  let isOver = false;
  const once = (report: () => void) => {
    if (isOver) return;
    isOver = true;
    report();
  };
  return {
    chunk: () => {},
    end: () => once(ended),
    leave: () => once(ended),
    fail: (error) => once(() => failed(error)),
    within: (step) => step(),
  };
}
