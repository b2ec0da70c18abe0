import { setImmediate } from 'node:timers/promises';

/** As long as other work waits for a slice. */
const SLICE_MILLIS = 6;

/** Hands items on as they are made, and gives the event loop back whenever making and taking them has kept it for a slice. */
export async function* inSlices<T>(items: Iterable<T>): AsyncGenerator<T, void> {
  let start = performance.now();
  for (const item of items) {
    yield item;
    if (performance.now() - start < SLICE_MILLIS) continue;
    await setImmediate();
    start = performance.now();
  }
}
