import { defaultRegistry, HookErrors } from '@modelmeter/core';
import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import { checkFunction } from '../check-option.ts';
import { Entrance } from './entrance.ts';
import type { Exchange } from './exchange.ts';
import { checkHttpOptions, type HandlerOptions, type Measured } from './http-options.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The model whose requests the requests of this route are, where `inferencePlugin` is registered. */
    inference?: Measured;
  }
}

/** Where a request carries its exchange. Not declared to Fastify, which would set it anew on each request of the server. */
const EXCHANGE = Symbol('modelmeter.exchange');

interface Carrier {
  [EXCHANGE]?: Exchange;
}

/**
 * A plugin that measures the routes whose `config` names a model: `config: { inference: { model: 'digits' } }`. A request lasts from before its body is
 * read until its response has been sent or its connection has gone, so bodies that are too large and inputs that fail their schema count. Register it
 * before the hooks of others, so that what they refuse counts as well. A wrong option throws when its route is added, if the plugin has been awaited.
 */
export const inferencePlugin: FastifyPluginCallback<HandlerOptions<FastifyRequest>> = Object.assign(
  ((fastify, options, done) => {
    checkHttpOptions(options);
    // The route that Fastify adds for HEAD has the same configuration.
    const entrances = new Map<Measured, Entrance<FastifyRequest> | undefined>();
    const add = (measured: Measured) => void entrances.set(measured, new Entrance(measured, options));
    fastify.addHook('onRoute', ({ config }) => {
      if (config?.inference && !entrances.has(config.inference)) add(config.inference);
    });
    fastify.addHook('onRequest', (request, reply, next) => {
      const inference = request.routeOptions.config?.inference;
      if (inference) {
        // A route that was added before the plugin was loaded.
        if (!entrances.has(inference)) addLate(inference, add, entrances);
        const entrance = entrances.get(inference);
        if (entrance) (request as Carrier)[EXCHANGE] = entrance.exchangeOf(reply.raw);
      }
      next();
    });
    // Reading a body loses the context of whoever began to read it, so that of the request begins here.
    fastify.addHook('preHandler', (request, _reply, next) => {
      const exchange = (request as Carrier)[EXCHANGE];
      if (!exchange) return next();
      if (options.samples) exchange.samples(() => options.samples?.(request));
      return exchange.call(next, undefined);
    });
    fastify.addHook('onError', (request, _reply, error, next) => {
      (request as Carrier)[EXCHANGE]?.threw(error);
      next();
    });
    done();
  }) satisfies FastifyPluginCallback<HandlerOptions<FastifyRequest>>,
  // What fastify-plugin does: hooks apply to the instance that registers the plugin, not to an encapsulated one.
  { [Symbol.for('skip-override')]: true, [Symbol.for('fastify.display-name')]: '@modelmeter/inference' },
);

/** Requests are there already: what is wrong with the options is reported, and the route not measured. */
function addLate(measured: Measured, add: (measured: Measured) => void, entrances: Map<Measured, unknown>): void {
  entrances.set(measured, undefined);
  new HookErrors(defaultRegistry()).guard('a route that was added before inferencePlugin was loaded', () => add(measured));
}

/** A handler of Fastify's. */
export type RouteHandler = (request: FastifyRequest, reply: FastifyReply) => unknown;

/**
 * A handler that does exactly what `handler` does, and whose requests are requests to the model, for a route without the plugin: what fails before the
 * handler is called does not count.
 * @throws TypeError or RangeError that names the option and its value.
 */
export function inferenceHandler<H extends (request: never, reply: never) => unknown>(
  handler: H,
  measured: Measured,
  options: HandlerOptions<FastifyRequest> = {},
): H {
  checkFunction('handler', handler);
  const entrance = new Entrance(measured, options);
  function measuredHandler(this: unknown, request: FastifyRequest, reply: FastifyReply): unknown {
    return entrance.enter(reply.raw, request).call(handler as unknown as RouteHandler, this, request, reply);
  }
  // Fastify looks at neither the name nor the length of a handler.
  return measuredHandler as unknown as H;
}
