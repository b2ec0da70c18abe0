import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { InferenceMetrics } from '@modelmeter/inference';
import * as ofExpress from '@modelmeter/inference/express';
import * as ofFastify from '@modelmeter/inference/fastify';
import * as ofHono from '@modelmeter/inference/hono';
import * as ofNode from '@modelmeter/inference/node-http';
import express, { type NextFunction, type Request, type Response as ExpressResponse } from 'express';
import createFastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { stream as streamOf } from 'hono/streaming';
import { answersOf, type Kind, MOST_BYTES } from './answers.ts';

export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts a server that posts a {@link Kind} as JSON to `/predict`, and streams from `/stream`; measured where it gets metrics. */
type StartServer = (metrics: InferenceMetrics | undefined) => Promise<RunningServer>;

const CHUNKS = ['one ', 'two ', 'three'];
const kindOf = (body: unknown) => (body as { kind: Kind }).kind;
const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

async function listening(server: Server): Promise<RunningServer> {
  if (!server.listening) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > MOST_BYTES) return undefined;
  }
  return body;
}

const startNodeHttp: StartServer = (metrics) => {
  const answer = answersOf(metrics);
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.url === '/stream') {
      for (const chunk of CHUNKS) {
        response.write(chunk);
        await pause();
      }
      response.end();
      return;
    }
    if (request.url === '/breaks') {
      response.write(CHUNKS[0]);
      await pause();
      response.destroy();
      throw new Error('broken pipe');
    }
    const body = await bodyOf(request);
    if (body === undefined) {
      response.writeHead(413, { connection: 'close' }).end('too large');
      return;
    }
    let kind: Kind;
    try {
      kind = kindOf(JSON.parse(body));
    } catch {
      response.writeHead(400).end('no JSON');
      return;
    }
    const answered = await answer(kind);
    response.writeHead(answered.status).end(answered.body);
  };
  const handler = metrics ? ofNode.inferenceHandler(handle, metrics) : handle;
  // What a server of one's own does with errors.
  return listening(
    createServer((request, response) => {
      handler(request, response).catch(() => {
        if (response.headersSent) response.destroy();
        else response.writeHead(500).end('failed');
      });
    }),
  );
};

function expressApp(metrics: InferenceMetrics | undefined, isMiddleware: boolean) {
  const answer = answersOf(metrics);
  const app = express();
  if (metrics && isMiddleware) app.use(ofExpress.inferenceMiddleware(metrics));
  app.use(express.json({ limit: MOST_BYTES }));
  const wrap = <H extends express.RequestHandler>(handler: H): H => (metrics ? ofExpress.inferenceHandler(handler, metrics) : handler);
  app.post(
    '/predict',
    wrap((request: Request, response: ExpressResponse, next: NextFunction): unknown => {
      const answered = answer(kindOf(request.body));
      if (!(answered instanceof Promise)) return response.status(answered.status).send(answered.body);
      // As handlers of older versions do.
      answered.then(({ status, body }) => response.status(status).send(body), next);
      return undefined;
    }),
  );
  app.get(
    '/stream',
    wrap(async (_request: Request, response: ExpressResponse) => {
      for (const chunk of CHUNKS) {
        response.write(chunk);
        await pause();
      }
      response.end();
    }),
  );
  app.get(
    '/breaks',
    wrap(async (_request: Request, response: ExpressResponse) => {
      response.write(CHUNKS[0]);
      await pause();
      throw new Error('broken pipe');
    }),
  );
  // Express's own prints errors.
  app.use((error: { status?: number }, _request: Request, response: ExpressResponse, _next: NextFunction) => {
    if (response.headersSent) response.destroy();
    else response.status(error.status ?? 500).send('failed');
  });
  return listening(createServer(app));
}

async function fastifyApp(metrics: InferenceMetrics | undefined, isPlugin: boolean): Promise<RunningServer> {
  const answer = answersOf(metrics);
  const app = createFastify({ bodyLimit: MOST_BYTES });
  if (metrics && isPlugin) await app.register(ofFastify.inferencePlugin);
  const config = metrics && isPlugin ? { inference: metrics } : {};
  const wrap = <H extends (request: never, reply: never) => unknown>(handler: H): H =>
    metrics && !isPlugin ? ofFastify.inferenceHandler(handler, metrics) : handler;
  const schema = { body: { type: 'object', required: ['kind'] } };
  app.post(
    '/predict',
    { config, schema },
    wrap(async (request: FastifyRequest, reply: FastifyReply) => {
      const { status, body } = await answer(kindOf(request.body));
      return reply.code(status).send(body);
    }),
  );
  app.get(
    '/stream',
    { config },
    wrap(async (_request: FastifyRequest, reply: FastifyReply) => {
      reply.hijack();
      for (const chunk of CHUNKS) {
        reply.raw.write(chunk);
        await pause();
      }
      reply.raw.end();
    }),
  );
  app.get(
    '/breaks',
    { config },
    wrap(async (_request: FastifyRequest, reply: FastifyReply) => {
      reply.raw.write(CHUNKS[0]);
      await pause();
      reply.raw.destroy();
      throw new Error('broken pipe');
    }),
  );
  await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    port: (app.server.address() as AddressInfo).port,
    close: async () => {
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

async function honoApp(metrics: InferenceMetrics | undefined, isMiddleware: boolean): Promise<RunningServer> {
  const answer = answersOf(metrics);
  const app = new Hono();
  if (metrics && isMiddleware) app.use(ofHono.inferenceMiddleware(metrics));
  app.use(bodyLimit({ maxSize: MOST_BYTES, onError: (context) => context.text('too large', 413) }));
  const wrap = <H extends (context: Context) => Response | Promise<Response>>(handler: H): H =>
    metrics && !isMiddleware ? ofHono.inferenceHandler(handler, metrics) : handler;
  app.post(
    '/predict',
    wrap(async (context: Context) => {
      const body: unknown = await context.req.json().catch(() => undefined);
      if (body === undefined) return context.text('no JSON', 400);
      const answered = await answer(kindOf(body));
      return context.text(answered.body, answered.status as 200);
    }),
  );
  app.get(
    '/stream',
    wrap((context: Context) =>
      streamOf(context, async (stream) => {
        for (const chunk of CHUNKS) {
          await stream.write(chunk);
          await pause();
        }
      }),
    ),
  );
  app.get(
    '/breaks',
    wrap(
      () =>
        new Response(
          new ReadableStream({
            async start(controller) {
              controller.enqueue(new TextEncoder().encode(CHUNKS[0]));
              await pause();
              controller.error(new Error('broken pipe'));
            },
          }),
        ),
    ),
  );
  app.onError((_error, context) => context.text('failed', 500));
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(listening(server as Server)));
  });
}

export interface Adapter {
  readonly name: string;
  readonly start: StartServer;
  /** Whether it sees requests that never reach a handler. */
  readonly seesAll: boolean;
}

export const ADAPTERS: readonly Adapter[] = [
  { name: 'node:http', start: startNodeHttp, seesAll: true },
  { name: 'Express, a handler', start: (metrics) => expressApp(metrics, false), seesAll: false },
  { name: 'Express, a middleware and handlers', start: (metrics) => expressApp(metrics, true), seesAll: true },
  { name: 'Fastify, a handler', start: (metrics) => fastifyApp(metrics, false), seesAll: false },
  { name: 'Fastify, the plugin', start: (metrics) => fastifyApp(metrics, true), seesAll: true },
  { name: 'Hono, a handler', start: (metrics) => honoApp(metrics, false), seesAll: false },
  { name: 'Hono, a middleware', start: (metrics) => honoApp(metrics, true), seesAll: true },
];
