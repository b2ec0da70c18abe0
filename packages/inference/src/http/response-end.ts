import type { ServerResponse } from 'node:http';
import { lastExchangeOf } from './carrier.ts';
import type { Exchange } from './exchange.ts';
import { whenConnectionCloses } from './waiting-responses.ts';

/** The stream of HTTP/2 behind a response of its compatible interface. */
interface Http2Stream {
  readonly rstCode: number;
  readonly destroyed: boolean;
}

/**
 * Tells the exchange that a response of `node:http` has just begun to carry of its first piece and of its end: sent, or cut off. One listener for all
 * exchanges of all responses, none for errors: that one would hide them.
 */
export function watchResponse(response: ServerResponse, exchange: Exchange): void {
  const stream = http2StreamOf(response);
  // The client may have left while others were busy with its request.
  if (response.closed || stream?.destroyed) {
    endExchange(exchange, response);
    return;
  }
  if (exchange.other === undefined) {
    response.on('close', endExchanges);
    // Behind others of its connection a response has no socket yet, and hears nothing of its end.
    if (response.socket === null) whenConnectionCloses(response, endExchanges);
  }
  // There, `end` writes as well: pieces cannot be told from a whole.
  if (exchange.options.streams && !stream) watchWrites(response, exchange);
}

function endExchanges(this: ServerResponse): void {
  for (let exchange = lastExchangeOf(this); exchange; exchange = exchange.other) endExchange(exchange, this);
}

function endExchange(exchange: Exchange, response: ServerResponse): void {
  const { errored } = response;
  if (errored) exchange.threw(errored);
  if (!errored && isSent(response)) exchange.responded(response.statusCode);
  else exchange.cutOff();
}

function watchWrites(response: ServerResponse, exchange: Exchange): void {
  const write = Reflect.get(response, 'write') as (...args: unknown[]) => boolean;
  response.write = function (this: ServerResponse, ...args: unknown[]): boolean {
    if (response.req.method !== 'HEAD') exchange.chunk();
    return Reflect.apply(write, this, args);
  };
}

function isSent(response: ServerResponse): boolean {
  if (!response.writableEnded) return false;
  const stream = http2StreamOf(response);
  // HTTP/2 calls responses finished whose client has left.
  if (stream) return response.writableFinished && stream.rstCode === 0;
  // HTTP/1 does the same when it could not write any more.
  if (response.req.socket?.errored) return false;
  // What stands in for a socket where requests are injected is not the connection's, and may not have finished.
  return response.writableFinished || response.socket?.destroyed === false;
}

function http2StreamOf(response: ServerResponse): Http2Stream | undefined {
  return (response as { readonly stream?: Http2Stream }).stream;
}
