import { setImmediate } from 'node:timers/promises';
import { measureInference } from '@modelmeter/inference';
import { inferenceHandler as expressHandler, inferenceMiddleware } from '@modelmeter/inference/express';
import { inferenceHandler as fastifyHandler } from '@modelmeter/inference/fastify';
import { inferenceHandler as honoHandler, inferenceMiddleware as honoMiddleware } from '@modelmeter/inference/hono';
import { inferenceHandler } from '@modelmeter/inference/node-http';
import { Registry } from '@modelmeter/core';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { measuredModel } from '../measured-model.ts';

const statuses = async (options: Parameters<typeof honoMiddleware>[1]) => {
  const { metrics, requests } = measuredModel();
  const app = new Hono();
  app.use(honoMiddleware(metrics, options));
  app.get('/:status', (context) => new Response(null, { status: Number(context.req.param('status')) }));
  const failures: Record<number, unknown> = {};
  for (const status of [200, 204, 301, 400, 401, 403, 404, 408, 413, 422, 429, 499, 500, 501, 503, 504]) {
    const seen = (await requests()).failed;
    await app.request(`/${status}`);
    // Why a server failed is known a turn later.
    await setImmediate();
    await setImmediate();
    const now = (await requests()).failed;
    failures[status] = Object.keys(now).find((type) => now[type] !== seen[type]);
  }
  return failures;
};

test('a status says what became of a request', async () => {
  expect(await statuses({})).toEqual({
    200: undefined,
    204: undefined,
    301: undefined,
    400: 'invalid_input',
    401: 'rejected',
    403: 'rejected',
    404: 'invalid_input',
    408: 'timeout',
    413: 'invalid_input',
    422: 'invalid_input',
    429: 'rejected',
    499: 'cancelled',
    500: '_OTHER',
    501: '_OTHER',
    503: 'rejected',
    504: 'timeout',
  });
});

test('unless the user says otherwise, whose mistakes change nothing', async () => {
  const classifyStatus = (status: number) => {
    if (status === 500) throw new Error('broken classifier');
    return status === 404 ? undefined : status > 300 ? 'backend' : undefined;
  };
  expect(await statuses({ classifyStatus })).toMatchObject({ 200: undefined, 404: undefined, 400: 'backend', 500: '_OTHER' });
});

test('without a response of Node, a request of Hono lasts until its body has been read, or left', async () => {
  const { metrics, requests } = measuredModel();
  const app = new Hono();
  const stream = () => new Response(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array([7])) }));
  app.get('/handler', honoHandler(stream, metrics));
  app.get('/middleware', honoMiddleware(metrics), stream);
  for (const path of ['/handler', '/middleware']) {
    const { body } = await app.request(path);
    const reader = body?.getReader();
    expect(await reader?.read()).toEqual({ done: false, value: new Uint8Array([7]) });
    expect((await requests()).active).toBe(1);
    await reader?.cancel();
  }
  expect(await requests()).toMatchObject({ succeeded: { count: 0 }, failed: { cancelled: 2 }, active: 0 });
});

test('a model that is measured for a server may be described where it is used', () => {
  expect(() => inferenceHandler(() => {}, { model: '' })).toThrow('model is ""');
  const metrics = measureInference({ model: 'digits', registry: new Registry() });
  for (const wrap of [inferenceHandler, expressHandler, fastifyHandler, honoHandler]) {
    expect(() => (wrap as (handler: unknown, measured: unknown) => unknown)('no handler', metrics)).toThrow(
      'handler is "no handler", not a function',
    );
  }
  expect(() => inferenceMiddleware(metrics, { classifyStatus: 7 as never })).toThrow('classifyStatus is 7, not a function');
  expect(() => inferenceMiddleware(metrics, { streams: 'yes' as never })).toThrow('streams is "yes", none of true, false');
  const handler = inferenceHandler(function predict(_request, _response) {}, metrics);
  expect([handler.name, handler.length]).toEqual(['predict', 2]);
});
