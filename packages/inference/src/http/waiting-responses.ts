import type { Socket } from 'node:net';

/** What is to be called when a connection closes. One listener for each: pipelined requests may be many. */
const waiting = new WeakMap<Socket, Set<() => void>>();

/**
 * Calls `closed` when a connection has closed, which the responses that wait for their turn on it are not told.
 * @returns to be called when a response does not wait any more.
 */
export function whenConnectionCloses(socket: Socket, closed: () => void): () => void {
  const known = waiting.get(socket);
  const all = known ?? new Set<() => void>();
  if (!known) {
    waiting.set(socket, all);
    socket.once('close', () => {
      for (const one of [...all]) one();
    });
  }
  all.add(closed);
  return () => all.delete(closed);
}
