import { setImmediate } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';

/** What this process has in use: V8's heap and the buffers outside of it. */
export function bytesUsed(): number {
  const { used_heap_size, external_memory } = getHeapStatistics();
  return used_heap_size + external_memory;
}

/** The same after full collections; the process has to run with `--expose-gc`. */
export async function bytesUsedAtRest(): Promise<number> {
  if (!globalThis.gc) throw new Error('start this process with --expose-gc');
  for (let collection = 0; collection < 3; collection++) {
    await setImmediate();
    globalThis.gc();
  }
  return bytesUsed();
}
