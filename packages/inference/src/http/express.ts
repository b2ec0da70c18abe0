import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { checkFunction } from '../check-option.ts';
import { passFor } from '../pass-for.ts';
import { Entrance } from './entrance.ts';
import type { HandlerOptions, HttpOptions, Measured } from './http-options.ts';

/**
 * A middleware that goes first, before bodies are parsed, so that requests which never reach a handler count as well: bodies that are too large or no
 * JSON, clients without permission. Handlers after it that are wrapped by {@link inferenceHandler} belong to the same request, and tell what they throw.
 * @throws TypeError or RangeError that names the option and its value.
 */
export function inferenceMiddleware(measured: Measured, options: HttpOptions = {}): RequestHandler {
  const entrance = new Entrance<Request>(measured, options);
  return function inference(_request, response, next) {
    entrance.exchangeOf(response).call(() => next(), undefined);
  };
}

/**
 * A handler that does exactly what `handler` does, and whose requests are requests to the model: each lasts until its response has been sent or its
 * connection has gone.
 * @throws TypeError or RangeError that names the option and its value.
 */
export function inferenceHandler<H extends RequestHandler>(handler: H, measured: Measured, options: HandlerOptions<Request> = {}): H {
  checkFunction('handler', handler);
  if (handler.length > 3) throw new TypeError(`handler takes ${handler.length} arguments, as handlers of errors do, not of requests`);
  const entrance = new Entrance(measured, options);
  function measuredHandler(this: unknown, request: Request, response: Response, next: NextFunction): unknown {
    const exchange = entrance.enter(response, request);
    const nextSeen = (...args: unknown[]) => {
      const [error] = args;
      if (error !== undefined && error !== null && error !== 'route' && error !== 'router') exchange.threw(error);
      Reflect.apply(next, undefined, args);
    };
    return exchange.call(handler as (...args: unknown[]) => unknown, this, request, response, nextSeen);
  }
  return passFor(measuredHandler, handler);
}
