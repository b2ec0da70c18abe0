import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The responses of a connection that wait for their turn on it. One listener for all of them: pipelined requests may be many. */
const waiting = new WeakMap<Socket, Set<ServerResponse>>();

/** Calls `closed` on a response that waits for its turn, which it is not told of, when its connection closes before. */
export function whenConnectionCloses(response: ServerResponse, closed: (this: ServerResponse) => void): void {
  const { socket } = response.req;
  const known = waiting.get(socket);
  const all = known ?? new Set<ServerResponse>();
  if (!known) {
    waiting.set(socket, all);
    socket.once('close', () => {
      for (const one of all) closed.call(one);
    });
  }
  all.add(response);
  // Its turn has come.
  response.once('socket', () => all.delete(response));
}
