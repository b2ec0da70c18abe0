import { once } from 'node:events';
import { Agent, createServer, request, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { Registry } from '@modelmeter/core';
import type { Attributes } from '@opentelemetry/api';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PrometheusReader } from '../../src/prometheus/prometheus-reader.ts';
import { queueLength, requests } from './example-metrics.ts';
import { deferred } from './deferred.ts';
import { fetchPage } from './fetch-page.ts';
import { openReader } from './open-reader.ts';

const TEXT = 'text/plain; version=0.0.4; charset=utf-8';
const OPENMETRICS = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

/** Serves a handler on a free port until the test is over. */
async function serve(handler: RequestListener): Promise<string> {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/any/path?x=1`;
}

/** A registry whose page is about 8 MB. */
function largeRegistry(): Registry {
  const registry = new Registry({ maxSeriesPerMetric: 100_000 });
  for (let fold = 0; fold < 80_000; fold++) registry.bind(requests, { 'model.name': 'a model of a name that is long', fold }).add(fold);
  return registry;
}

describe('a scrape', () => {
  test('is answered in the text format where nothing is asked for', async () => {
    const { reader } = openReader();
    const { status, headers, body } = await fetchPage(await serve(reader.handler));
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': TEXT, vary: 'Accept, Accept-Encoding', 'content-length': String(body.length) });
    expect(headers['content-encoding']).toBe(undefined);
    expect(body.toString()).toBe(await reader.text());
  });

  test('is answered in OpenMetrics where that is asked for', async () => {
    const { reader } = openReader();
    const { headers, body } = await fetchPage(await serve(reader.handler), {
      headers: { accept: 'application/openmetrics-text;version=1.0.0' },
    });
    expect(headers['content-type']).toBe(OPENMETRICS);
    expect(body.toString()).toBe(await reader.text({ format: 'openmetrics' }));
  });

  test('is compressed where that is asked for', async () => {
    const { reader } = openReader();
    const { headers, body } = await fetchPage(await serve(reader.handler), { headers: { 'accept-encoding': 'gzip' } });
    expect(headers).toMatchObject({ 'content-type': TEXT, 'content-encoding': 'gzip', vary: 'Accept, Accept-Encoding' });
    expect(gunzipSync(body).toString()).toBe(await reader.text());
  });

  test('of a large page gets all of it, plain and compressed', async () => {
    const { reader } = openReader({ registry: largeRegistry() });
    const url = await serve(reader.handler);
    const expected = await reader.text();
    const [plain, compressed] = await Promise.all([fetchPage(url), fetchPage(url, { headers: { 'accept-encoding': 'gzip' } })]);
    expect(plain.headers['transfer-encoding']).toBe('chunked');
    expect(plain.body.toString() === expected).toBe(true);
    expect(gunzipSync(compressed.body).toString() === expected).toBe(true);
  });

  test.for([{}, { 'accept-encoding': 'gzip' }, { accept: 'application/openmetrics-text' }])(
    'with HEAD and %j has the headers of GET and no body',
    async (headers) => {
      const { reader } = openReader();
      const url = await serve(reader.handler);
      const [get, head] = await Promise.all(['GET', 'HEAD'].map((method) => fetchPage(url, { method, headers })));
      expect(head?.status).toBe(200);
      expect({ ...head?.headers, date: '' }).toEqual({
        ...get?.headers,
        date: '',
        'transfer-encoding': head?.headers['transfer-encoding'],
      });
      expect(head?.body).toHaveLength(0);
    },
  );

  test.for(['POST', 'PUT', 'DELETE', 'OPTIONS'])('with %s is refused with the methods that are allowed', async (method) => {
    const { reader } = openReader();
    const { status, headers, body } = await fetchPage(await serve(reader.handler), { method });
    expect(status).toBe(405);
    expect(headers['allow']).toBe('GET, HEAD');
    expect(body.toString()).toBe('Only GET and HEAD are answered.\n');
  });
});

describe('when collecting fails', () => {
  test('the answer is 500 with the reason, and the next scrape is tried anew', async () => {
    const reader = new PrometheusReader({ registry: new Registry() });
    let fails = true;
    const { reader: working } = openReader();
    reader.setMetricProducer({
      async collect() {
        if (fails) throw new Error('disk on fire');
        return working.collect();
      },
    });
    const url = await serve(reader.handler);
    const failed = await fetchPage(url, { headers: { 'accept-encoding': 'gzip' } });
    expect(failed.status).toBe(500);
    expect(failed.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(failed.headers['content-encoding']).toBe(undefined);
    expect(failed.body.toString()).toBe('The metrics could not be collected. Error: disk on fire\n');
    fails = false;
    expect((await fetchPage(url)).status).toBe(200);
  });

  test('in the middle of a page, the connection is cut, so that nobody takes it for whole', async () => {
    const reader = new PrometheusReader({ registry: largeRegistry() });
    const { reader: working, meter } = openReader();
    meter.createGauge('broken').record(1);
    reader.setMetricProducer({
      async collect() {
        const collected = await working.collect();
        const point = collected.resourceMetrics.scopeMetrics[0]?.metrics[0]?.dataPoints[0] as { attributes: Attributes };
        point.attributes = new Proxy(
          {},
          {
            ownKeys: () => {
              throw new Error('no keys');
            },
          },
        );
        return collected;
      },
    });
    await expect(fetchPage(await serve(reader.handler))).rejects.toThrow('aborted');
    await expect(reader.text()).rejects.toThrow('no keys');
  });
});

describe('a client', () => {
  test('that reads slowly keeps nobody else waiting', async () => {
    const { reader, registry } = openReader({ registry: largeRegistry() });
    const length = registry.bind(queueLength, {});
    const url = new URL(await serve(reader.handler));
    const slow = connect({ port: Number(url.port), host: url.hostname });
    slow.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    // The page has begun to come, and is not read.
    await once(slow, 'readable');
    for (const value of [1, 2, 3]) {
      length.observe(value);
      const { body } = await fetchPage(url.href);
      expect(body.includes(`\nexample_queue_length ${value}\n`)).toBe(true);
    }
    // It gets the page of the moment it asked.
    let received = '';
    slow.setEncoding('latin1').on('data', (text: string) => void (received += text));
    slow.resume();
    while (!received.slice(-7).endsWith('\r\n0\r\n\r\n')) await once(slow, 'data');
    expect(received.includes('\nexample_queue_length 0\n')).toBe(true);
    slow.destroy();
  });

  test.for(['', 'Accept-Encoding: gzip\r\n'])(
    'that goes away in the middle of a page leaves nothing behind (header %j)',
    async (header) => {
      const { reader } = openReader({ registry: largeRegistry() });
      const responses: { closed: boolean; destroyed: boolean }[] = [];
      const url = new URL(
        await serve((incoming, response) => {
          responses.push(response);
          reader.handler(incoming, response);
        }),
      );
      for (let i = 0; i < 3; i++) {
        const client = connect({ port: Number(url.port), host: url.hostname });
        client.write(`GET / HTTP/1.1\r\nHost: x\r\n${header}\r\n`);
        await once(client, 'data');
        client.destroy();
      }
      expect((await fetchPage(url.href)).status).toBe(200);
      while (!responses.every(({ closed }) => closed)) await sleep(5);
      expect(responses).toHaveLength(4);
    },
  );

  test('that is gone before the collection is over does no harm', async () => {
    const { reader, meter } = openReader();
    const { promise, resolve } = deferred();
    meter.createObservableGauge('slow').addCallback(() => promise);
    const url = await serve(reader.handler);
    const sent = request(url, { agent: false }).end();
    const error = once(sent, 'error').catch((cause: unknown) => cause);
    await sleep(20);
    sent.destroy();
    await error;
    resolve();
    expect((await fetchPage(url)).status).toBe(200);
  });

  test('may ask many times on one connection', async () => {
    const { reader } = openReader({ registry: largeRegistry() });
    const url = await serve(reader.handler);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    for (const headers of [{}, { 'accept-encoding': 'gzip' }, {}]) {
      expect((await fetchPage(url, { agent, headers })).status).toBe(200);
      expect((await fetchPage(url, { agent, headers, method: 'HEAD' })).status).toBe(200);
      expect((await fetchPage(url, { agent, headers, method: 'POST' })).status).toBe(405);
    }
  });
});

test('the event loop is given back while a large page is written', async () => {
  const { reader } = openReader({ registry: largeRegistry() });
  let isDone = false;
  const page = reader.text().finally(() => {
    isDone = true;
  });
  let turns = 0;
  while (!isDone) {
    await setImmediate();
    turns++;
  }
  expect((await page).length).toBeGreaterThan(5_000_000);
  expect(turns).toBeGreaterThan(3);
});
