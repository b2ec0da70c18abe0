import type { Measuring } from './measuring.ts';
import { watchEnd } from './watch-end.ts';
import { watchCall } from './watch-result.ts';

/** Runs a part of a request and records how long it took, until its promise settles or its stream ends, failed or not. */
export function runStage<R>(measuring: Measuring, name: string, action: () => R): R {
  const beganAt = measuring.now();
  const over = () => {
    measuring.errors.guard('a stage', () => measuring.requests.stage(name, measuring.now() - beganAt));
  };
  return watchCall(action, watchEnd(over, over));
}
