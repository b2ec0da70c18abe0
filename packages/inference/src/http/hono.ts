import type { ServerResponse } from 'node:http';
import type { Context, Handler, MiddlewareHandler } from 'hono';
import { checkFunction } from '../check-option.ts';
import { passFor } from '../pass-for.ts';
import { Entrance } from './entrance.ts';
import type { Exchange } from './exchange.ts';
import type { HandlerOptions, HttpOptions, Measured } from './http-options.ts';
import { endWithResponse } from './web-response-end.ts';

/**
 * A middleware that goes first, before bodies are read or limited, so that requests which never reach a handler count as well.
 * @throws TypeError or RangeError that names the option and its value.
 */
export function inferenceMiddleware(measured: Measured, options: HttpOptions = {}): MiddlewareHandler {
  const entrance = new Entrance<Context>(measured, options);
  return async function inference(context, next) {
    const outgoing = outgoingOf(context);
    if (!outgoing && entrance.begunOf(context)) return next();
    const exchange = outgoing ? entrance.exchangeOf(outgoing) : entrance.begin(context);
    try {
      await exchange.call(next, undefined);
    } catch (error) {
      exchange.threw(error);
      if (!outgoing) exchange.cutOff();
      throw error;
    }
    if (context.error) exchange.threw(context.error);
    if (outgoing) return;
    const response = endWithResponse(exchange, context.res);
    if (response !== context.res) context.res = response;
  };
}

/**
 * A handler that does exactly what `handler` does, and whose requests are requests to the model. On Node each lasts until its response has been sent or
 * its connection has gone; elsewhere until there is a response, or until its body has been read where that says that it is a stream.
 * @throws TypeError or RangeError that names the option and its value.
 */
export function inferenceHandler<H extends Handler>(handler: H, measured: Measured, options: HandlerOptions<Context> = {}): H {
  checkFunction('handler', handler);
  const entrance = new Entrance(measured, options);
  function measuredHandler(this: unknown, context: Context, next: () => Promise<void>): unknown {
    const outgoing = outgoingOf(context);
    const begun = outgoing ? entrance.exchangeOf(outgoing) : entrance.begunOf(context);
    const exchange = begun ?? entrance.begin(context);
    entrance.countSamples(exchange, context);
    const handle = () => exchange.call(handler as (...args: unknown[]) => unknown, this, context, next);
    return begun ? handle() : endWithResult(exchange, context, handle);
  }
  return passFor(measuredHandler, handler);
}

/** On Node the response that is really sent; elsewhere there is none to be seen. */
function outgoingOf(context: Context): ServerResponse | undefined {
  const { outgoing } = (context.env ?? {}) as { readonly outgoing?: ServerResponse };
  return typeof outgoing?.on === 'function' ? outgoing : undefined;
}

/** Ends an exchange with what a handler returns. What answers in place of an error is not known here. */
function endWithResult(exchange: Exchange, context: Context, handle: () => unknown): unknown {
  const ended = (result: unknown) => {
    if (result instanceof Response) return endWithResponse(exchange, result);
    exchange.responded(context.finalized ? context.res.status : 404);
    return result;
  };
  const failed = (error: unknown): never => {
    exchange.threw(error);
    exchange.cutOff();
    throw error;
  };
  let result: unknown;
  try {
    result = handle();
  } catch (error) {
    return failed(error);
  }
  return result instanceof Promise ? result.then(ended, failed) : ended(result);
}
