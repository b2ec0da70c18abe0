import type { Writable } from 'node:stream';

/**
 * Writes items to a stream as fast as it takes them and ends it; leaves off where the stream has gone.
 * @param taken called with each item when the stream has no more need of it.
 */
export async function pour<T>(items: AsyncIterable<T>, stream: Writable, taken: (item: T) => void): Promise<void> {
  for await (const item of items) {
    if (stream.destroyed) return;
    if (!stream.write(item, () => taken(item))) await drained(stream);
  }
  stream.end();
}

/** Resolves when there is room again, and when there never will be. */
function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      stream.off('drain', settle).off('close', settle);
      resolve();
    };
    stream.on('drain', settle).on('close', settle);
  });
}
