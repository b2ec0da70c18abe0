import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { attributes as attribute, inferenceMetrics as metric } from '@modelmeter/core';
import * as ofExpress from '@modelmeter/inference/express';
import * as ofFastify from '@modelmeter/inference/fastify';
import * as ofHono from '@modelmeter/inference/hono';
import express from 'express';
import createFastify from 'fastify';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { type MeasuredModel, measuredModel } from '../measured-model.ts';
import { settledRequests } from './settled-requests.ts';

async function expressServer(app: express.Express): Promise<{ url: string; server: Server }> {
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const stagesOf = async ({ collect }: MeasuredModel) =>
  (await collect()).count(metric.inferenceStageDuration, { [attribute.inferenceStage.key]: 'predict' });

test('an Express handler beneath the middleware of another model is a request to its own', async () => {
  const gateway = measuredModel({ model: 'gateway' });
  const digits = measuredModel();
  const app = express();
  app.use(ofExpress.inferenceMiddleware(gateway.metrics));
  app.get(
    '/',
    ofExpress.inferenceHandler((_request, response) => void response.send('7'), digits.metrics),
  );
  const { server, url } = await expressServer(app);
  await (await fetch(url)).text();
  for (const model of [gateway, digits]) expect(await settledRequests(model)).toMatchObject({ succeeded: { count: 1 }, active: 0 });
  server.close();
});

test('what an Express handler calls after its body was read is in the request that the middleware began', async () => {
  const digits = measuredModel();
  const classify = digits.metrics.wrap(async () => 7);
  const app = express();
  app.use(ofExpress.inferenceMiddleware(digits.metrics), express.json());
  app.post('/', async (_request, response) => void response.send(String(await classify())));
  const { server, url } = await expressServer(app);
  await (await fetch(url, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })).text();
  expect(await settledRequests(digits)).toMatchObject({ succeeded: { count: 1 }, active: 0 });
  expect(await stagesOf(digits)).toBe(1);
  server.close();
});

test('samples of an Express request may be read from its body; a handler of errors is none of requests', async () => {
  const digits = measuredModel();
  const samples = ({ body }: express.Request) => (body as { images?: unknown[] }).images?.length;
  const handler: express.RequestHandler = (_request, response) => void response.send('7');
  const app = express();
  app.post('/', express.json(), ofExpress.inferenceHandler(handler, digits.metrics, { samples }));
  const { server, url } = await expressServer(app);
  await (await fetch(url, { method: 'POST', body: '{"images":[1,2]}', headers: { 'content-type': 'application/json' } })).text();
  await settledRequests(digits);
  expect((await digits.collect()).value(metric.inferenceBatchSize)).toBe(2);
  const ofErrors = (_error: unknown, _request: unknown, _response: unknown, _next: unknown) => {};
  expect(() => ofExpress.inferenceHandler(ofErrors as never, digits.metrics)).toThrow('handler takes 4 arguments');
  server.close();
});

test('Fastify routes are measured that were added before the plugin was loaded', async () => {
  const digits = measuredModel();
  const app = createFastify();
  void app.register(ofFastify.inferencePlugin);
  app.get('/', { config: { inference: digits.metrics } }, async () => ({ digit: 7 }));
  await fetch(await app.listen({ port: 0, host: '127.0.0.1' }));
  expect(await settledRequests(digits)).toMatchObject({ succeeded: { count: 1 }, active: 0 });
  await app.close();
});

test('what hooks of Fastify refuse is counted where the plugin goes first', async () => {
  const digits = measuredModel();
  const app = createFastify();
  await app.register(ofFastify.inferencePlugin);
  app.addHook('onRequest', async (_request, reply) => reply.code(401).send('who are you?'));
  app.get('/', { config: { inference: digits.metrics } }, async () => ({ digit: 7 }));
  app.get('/health', async () => ({ isHealthy: true }));
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  for (const path of ['/', '/health']) expect((await fetch(`${url}${path}`)).status).toBe(401);
  expect(await settledRequests(digits)).toMatchObject({ failed: { rejected: 1 }, active: 0 });
  await app.close();
});

test('a wrong option throws when its Fastify route is added', async () => {
  const app = createFastify();
  await app.register(ofFastify.inferencePlugin);
  expect(() => app.get('/', { config: { inference: { model: '' } } }, async () => 7)).toThrow('model is ""');
});

test('a Fastify handler may send by itself and return the reply', async () => {
  const digits = measuredModel();
  const app = createFastify();
  app.get(
    '/:status',
    ofFastify.inferenceHandler(({ params }, reply) => reply.code(Number((params as { status: string }).status)).send('7'), digits.metrics),
  );
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  for (const status of [200, 503]) expect((await fetch(`${url}/${status}`)).status).toBe(status);
  expect(await settledRequests(digits)).toMatchObject({ succeeded: { count: 1 }, failed: { rejected: 1 }, active: 0 });
  await app.close();
});

test('requests that are injected into Fastify count like others', async () => {
  const digits = measuredModel();
  const app = createFastify();
  await app.register(ofFastify.inferencePlugin);
  app.get('/plugin', { config: { inference: digits.metrics } }, async () => ({ digit: 7 }));
  app.get(
    '/handler',
    ofFastify.inferenceHandler(async () => ({ digit: 7 }), digits.metrics),
  );
  for (const path of ['/plugin', '/handler']) expect((await app.inject(path)).json()).toEqual({ digit: 7 });
  expect(await settledRequests(digits)).toMatchObject({ succeeded: { count: 2 }, failed: {}, active: 0 });
  await app.close();
});

test('routes of one model do not lie in each other, so nothing is followed through promises until something else is wrapped', async () => {
  const digits = measuredModel();
  const app = createFastify();
  await app.register(ofFastify.inferencePlugin);
  app.get('/', { config: { inference: digits.options } }, async () => ({ digit: 7 }));
  app.get('/again', { config: { inference: digits.options } }, async () => ({ digit: 7 }));
  await app.ready();
  const begin = digits.metrics.entry();
  const requests = [begin()];
  digits.metrics.wrap(async () => 7);
  requests.push(begin());
  expect(requests.map(({ isFollowed }) => isFollowed)).toEqual([false, true]);
  await app.close();
});

test('a Hono response that is no stream stays the very same where the server is not of Node', async () => {
  const digits = measuredModel();
  const whole = new Response('7');
  const handler = ofHono.inferenceHandler(() => whole, digits.metrics);
  const app = new Hono();
  app.get('/', handler);
  expect(await app.request('/')).toBe(whole);
  expect(await digits.requests()).toMatchObject({ succeeded: { count: 1 }, active: 0 });
});

test('what a Hono handler of Node fails with before there is a response is counted', async () => {
  const digits = measuredModel();
  const app = new Hono();
  app.use(ofHono.inferenceMiddleware(digits.metrics));
  app.get('/', () => {
    // oxlint-disable-next-line typescript/only-throw-error -- Hono lets what is no error through.
    throw 'no error';
  });
  await expect(Promise.resolve(app.request('/'))).rejects.toBe('no error');
  expect(await settledRequests(digits)).toMatchObject({ failed: { _OTHER: 1 }, active: 0 });
});
