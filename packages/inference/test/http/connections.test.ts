import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { constants, connect as connectHttp2, createServer as createHttp2Server } from 'node:http2';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { inferenceMetrics as metric } from '@modelmeter/core';
import { withMetrics } from '@modelmeter/inference';
import { inferenceHandler, type RequestHandler } from '@modelmeter/inference/node-http';
import { afterEach, expect, test } from 'vitest';
import { measuredModel } from '../measured-model.ts';
import { settledRequests, until } from './settled-requests.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const GET = 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';

async function listen(server: Server): Promise<number> {
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A measured server of `node:http` and a connection to it. */
async function connected(handler: RequestHandler, options?: Parameters<typeof inferenceHandler>[2]) {
  const model = measuredModel();
  const server = createServer(inferenceHandler(handler, model.metrics, options));
  const client = connect(await listen(server), '127.0.0.1');
  client.on('error', () => {});
  closing.push(() => client.destroy());
  return { ...model, server, client, settled: () => settledRequests(model) };
}

test('all requests of a connection are counted that it is kept for', async () => {
  const { client, settled, requests } = await connected((_request, response) => response.end('7'));
  for (let count = 1; count <= 3; count++) {
    client.write(GET);
    await until(async () => (await requests()).succeeded.count === count);
  }
  expect(await settled()).toMatchObject({ succeeded: { count: 3 }, failed: {}, active: 0 });
});

test('requests that wait behind another of their connection leave with it', async () => {
  const { client, settled, requests } = await connected((request, response) => {
    if (request.url === '/done') response.end('7');
  });
  client.write(`${GET}${GET.replace('/', '/done')}${GET.repeat(20)}`);
  await until(async () => (await requests()).active === 22);
  client.destroy();
  expect(await settled()).toMatchObject({ succeeded: { count: 0 }, failed: { cancelled: 22 }, active: 0 });
});

test('requests that waited behind another are counted when they are answered', async () => {
  const responses: ServerResponse[] = [];
  const { client, settled, requests } = await connected((_request, response) => responses.push(response));
  client.write(GET.repeat(15));
  await until(async () => (await requests()).active === 15);
  for (const response of responses.toReversed()) response.end('7');
  expect(await settled()).toMatchObject({ succeeded: { count: 15 }, failed: {}, active: 0 });
  expect(client.destroyed).toBe(false);
});

test('a client that leaves while a large response is on its way has cancelled', async () => {
  const { client, settled, requests } = await connected((_request, response) => response.end(Buffer.alloc(30e6)));
  client.write(GET);
  client.pause();
  await until(async () => (await requests()).active === 1);
  await setTimeout(50);
  client.destroy();
  expect(await settled()).toMatchObject({ succeeded: { count: 0 }, failed: { cancelled: 1 }, active: 0 });
});

test('a client that leaves while it sends has cancelled, whatever the handler makes of it', async () => {
  const { client, settled, requests } = await connected(async (request, response) => {
    try {
      for await (const _chunk of request);
    } catch (error) {
      response.destroy();
      throw error;
    }
  });
  const rejected = once(process, 'unhandledRejection');
  client.write(`POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nhalf`);
  await until(async () => (await requests()).active === 1);
  client.destroy();
  expect(await settled()).toMatchObject({ failed: { cancelled: 1 }, active: 0 });
  expect((await rejected)[0]).toMatchObject({ code: 'ECONNRESET' });
});

test('an error that nobody handles stays one that nobody handles', async () => {
  let fail = (_error: Error): void => {};
  const { client, settled, requests } = await connected(() => new Promise((_resolve, reject) => (fail = reject)));
  client.write(GET);
  await until(async () => (await requests()).active === 1);
  client.destroy();
  expect(await settled()).toMatchObject({ failed: { cancelled: 1 }, active: 0 });
  const rejected = once(process, 'unhandledRejection');
  const error = new Error('nobody knows');
  fail(error);
  expect((await rejected)[0]).toBe(error);
});

test('a request whose client has left before its handler is called is not in flight for ever', async () => {
  const model = measuredModel();
  const hangs: RequestHandler = () => {};
  const handler = inferenceHandler(hangs, model.metrics);
  let isHandled = false;
  const server = createServer((request, response) => {
    response.on('close', () => {
      setImmediate(() => {
        handler(request, response);
        isHandled = true;
      });
    });
  });
  const client = connect(await listen(server), '127.0.0.1');
  client.write(GET);
  await once(server, 'request');
  client.destroy();
  await until(async () => isHandled);
  expect(await model.requests()).toMatchObject({ succeeded: { count: 0 }, failed: { cancelled: 1 }, active: 0 });
});

test('a server that closes its connections leaves nothing in flight', async () => {
  const { client, server, settled, requests } = await connected(() => {});
  client.write(GET);
  await until(async () => (await requests()).active === 1);
  server.closeAllConnections();
  expect(await settled()).toMatchObject({ failed: { cancelled: 1 }, active: 0 });
});

test('a connection that is upgraded is no request, and one that is not is one', async () => {
  const { client, server, settled } = await connected((_request, response) => response.end('7'));
  const upgrade = GET.replace('\r\n\r\n', '\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  client.write(upgrade);
  await once(client, 'data');
  expect(await settled()).toMatchObject({ succeeded: { count: 1 }, active: 0 });
  server.on('upgrade', (_request: IncomingMessage, socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
  const second = connect((server.address() as AddressInfo).port, '127.0.0.1');
  second.write(upgrade);
  await once(second, 'data');
  second.destroy();
  expect(await settled()).toMatchObject({ succeeded: { count: 1 }, active: 0 });
});

test('a HEAD request is counted', async () => {
  const { client, settled, collect } = await connected(
    (_request, response) => {
      response.write('never sent');
      response.end();
    },
    { streams: true },
  );
  client.write(GET.replace('GET', 'HEAD'));
  await once(client, 'data');
  expect(await settled()).toMatchObject({ succeeded: { count: 1 }, active: 0 });
  expect((await collect()).count(metric.inferenceTimeToFirstChunk)).toBeUndefined();
});

test('over HTTP/2, responses succeed and clients leave as well', async () => {
  const model = measuredModel();
  const handle = inferenceHandler((request, response) => {
    if (request.url === '/answer') response.end('7');
    if (request.url === '/large') response.end(Buffer.alloc(10e6));
  }, model.metrics);
  const server = createHttp2Server((request, response) => handle(request as never, response as never));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const session = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  closing.push(() => {
    session.destroy();
    server.close();
  });
  const answered = session.request({ ':path': '/answer' }).resume();
  await once(answered, 'close');
  for (const path of ['/large', '/hangs']) {
    const stream = session.request({ ':path': path });
    stream.on('error', () => {});
    await until(async () => (await model.requests()).active === 1);
    stream.close(constants.NGHTTP2_CANCEL);
    await settledRequests(model);
  }
  expect(await settledRequests(model)).toMatchObject({ succeeded: { count: 1 }, failed: { cancelled: 2 }, active: 0 });
});

test('the time to the first chunk is that to the first piece of a response that is sent in pieces', async () => {
  const { client, clock, settled, collect } = await connected(
    (request, response) => {
      clock.advance(2);
      if (request.url === '/whole') return response.end('7');
      response.write('first');
      clock.advance(5);
      response.write('second');
      return response.end();
    },
    { streams: true },
  );
  client.write(GET.replace('/', '/whole'));
  await once(client, 'data');
  expect((await collect()).count(metric.inferenceTimeToFirstChunk)).toBeUndefined();
  client.write(GET);
  await once(client, 'data');
  expect(await settled()).toMatchObject({ succeeded: { count: 2, seconds: 2 + 7 } });
  const values = await collect();
  expect([values.count(metric.inferenceTimeToFirstChunk), values.value(metric.inferenceTimeToFirstChunk)]).toEqual([1, 2]);
});

test('a handler of one model within that of another is a request to each', async () => {
  const digits = measuredModel();
  const letters = measuredModel({ model: 'letters' });
  const inner = inferenceHandler(
    (_request, response) => {
      response.write('7');
      response.end();
    },
    letters.metrics,
    { streams: true },
  );
  const port = await listen(createServer(inferenceHandler(inner, digits.metrics, { streams: true })));
  await (await fetch(`http://127.0.0.1:${port}`)).text();
  for (const model of [digits, letters]) {
    expect(await settledRequests(model)).toMatchObject({ succeeded: { count: 1 }, active: 0 });
    expect((await model.collect()).count(metric.inferenceTimeToFirstChunk)).toBe(1);
  }
});

test('samples are what the option says, in place of what is called within', async () => {
  const model = measuredModel();
  const classify = withMetrics((_images: object) => 7, model.options);
  const handler: RequestHandler = (_request, response) => response.end(String(classify({ shape: [8, 28, 28] })));
  const samples = ({ headers }: IncomingMessage) => (headers['x-samples'] === undefined ? undefined : Number(headers['x-samples']));
  const port = await listen(createServer(inferenceHandler(handler, model.metrics, { samples })));
  await (await fetch(`http://127.0.0.1:${port}`)).text();
  expect((await model.collect()).value(metric.inferenceBatchSize)).toBe(8);
  await (await fetch(`http://127.0.0.1:${port}`, { headers: { 'x-samples': '3' } })).text();
  expect((await model.collect()).value(metric.inferenceBatchSize)).toBe(8 + 3);
  expect(() => inferenceHandler(handler, model.metrics, { samples: 3 as never })).toThrow('samples is 3, not a function');
});
