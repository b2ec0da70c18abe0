import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkFunction } from '../check-option.ts';
import { passFor } from '../pass-for.ts';
import { Entrance } from './entrance.ts';
import type { HandlerOptions, Measured } from './http-options.ts';

/** A listener for the `request` event of a server of `node:http`, `node:https` or `node:http2`'s compatible interface. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => unknown;

/**
 * A handler that does exactly what `handler` does, and whose requests are requests to the model: each lasts until its response has been sent or its
 * connection has gone. Client errors, overload and time-outs are told by the status; a client that leaves has cancelled.
 * @throws TypeError or RangeError that names the option and its value.
 */
export function inferenceHandler<H extends RequestHandler>(
  handler: H,
  measured: Measured,
  options: HandlerOptions<IncomingMessage> = {},
): H {
  checkFunction('handler', handler);
  const entrance = new Entrance(measured, options);
  function measuredHandler(this: unknown, request: IncomingMessage, response: ServerResponse): unknown {
    const result = entrance.enter(response, request).call<[IncomingMessage, ServerResponse], unknown>(handler, this, request, response);
    // The server does not look at promises. One that nobody looks at is to be rejected, whatever we ask the handler's own.
    return result instanceof Promise ? result.then((value: unknown) => value) : result;
  }
  return passFor(measuredHandler, handler);
}
