import { defaultRegistry, HookErrors } from '@modelmeter/core';
import type { FastifyContextConfig, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
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

/** Where the configuration of a route carries its entrance; none where the model is described wrongly. */
const ENTRANCE = Symbol('modelmeter.entrance');
/** Where a request carries its exchange. Not declared to Fastify, which would set it anew on each request of the server. */
const EXCHANGE = Symbol('modelmeter.exchange');

interface RouteConfig extends FastifyContextConfig {
  [ENTRANCE]?: Entrance<FastifyRequest> | undefined;
}

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
    fastify.addHook('onRoute', (route) => {
      const inference = route.config?.inference;
      if (inference) route.config = { ...route.config, [ENTRANCE]: new Entrance(inference, options) } as RouteConfig;
    });
    fastify.addHook('onRequest', (request, reply, next) => {
      // Asked once for each request: Fastify makes an object of it.
      const config = request.routeOptions.config as RouteConfig | undefined;
      if (config?.inference) {
        if (!(ENTRANCE in config)) addLate(config, config.inference, options);
        const entrance = config[ENTRANCE];
        if (entrance) (request as Carrier)[EXCHANGE] = entrance.exchangeOf(reply.raw);
      }
      next();
    });
    // Reading a body loses the context of whoever began to read it, so that of the request begins here.
    fastify.addHook('preHandler', (request, _reply, next) => {
      const exchange = (request as Carrier)[EXCHANGE];
      const { samples } = options;
      if (exchange && samples) exchange.samples(exchange.guard('samples', () => samples(request)));
      if (exchange?.isFollowed) exchange.call(next, undefined);
      else next();
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

/** A route that was added before the plugin was loaded. Requests are there already: a wrong option is reported, and the route not measured. */
function addLate(config: RouteConfig, measured: Measured, options: HandlerOptions<FastifyRequest>): void {
  config[ENTRANCE] = undefined;
  new HookErrors(defaultRegistry()).guard('a route that was added before inferencePlugin was loaded', () => {
    config[ENTRANCE] = new Entrance(measured, options);
  });
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
