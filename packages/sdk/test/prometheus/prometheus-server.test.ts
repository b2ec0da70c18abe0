import { once } from 'node:events';
import { Agent } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type PrometheusServer, type PrometheusServerOptions, startPrometheusServer } from '../../src/prometheus/prometheus-server.ts';
import { fetchPage } from './fetch-page.ts';
import { openReader } from './open-reader.ts';

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'));
const loopbacks = hasIpv6 ? ['127.0.0.1', '[::1]'] : ['127.0.0.1'];

async function start(options: Omit<PrometheusServerOptions, 'reader'> = {}): Promise<PrometheusServer> {
  const server = await startPrometheusServer({ reader: openReader().reader, ...options });
  onTestFinished(() => server.close());
  return server;
}

/** Takes a port as another program would. */
async function occupy(port: number, host = '127.0.0.1'): Promise<{ port: number; readonly free: () => Promise<void> }> {
  const server: Server = createServer().listen(port, host);
  await once(server, 'listening');
  const free = async () => void (server.listening && (await once(server.close(), 'close')));
  onTestFinished(free);
  return { port: (server.address() as AddressInfo).port, free };
}

async function isRefused(url: string): Promise<boolean> {
  return fetchPage(url).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ECONNREFUSED',
  );
}

describe('the server', () => {
  test('listens on both loopback addresses and on no other one', async () => {
    const { url, port } = await start({ port: 0 });
    expect(url).toBe(`http://localhost:${port}/metrics`);
    for (const host of loopbacks) expect((await fetchPage(`http://${host}:${port}/metrics`)).status, host).toBe(200);
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of others) expect(await isRefused(`http://${address}:${port}/metrics`), address).toBe(true);
  });

  test.runIf(hasIpv6)('listens on a given address alone', async () => {
    const { url, port } = await start({ port: 0, host: '127.0.0.1' });
    expect(url).toBe(`http://127.0.0.1:${port}/metrics`);
    expect((await fetchPage(url)).status).toBe(200);
    expect(await isRefused(`http://[::1]:${port}/metrics`)).toBe(true);
  });

  test.runIf(hasIpv6)('has a usable URL where the host is an IPv6 address', async () => {
    const { url, port } = await start({ port: 0, host: '::1' });
    expect(url).toBe(`http://[::1]:${port}/metrics`);
    expect((await fetchPage(url)).status).toBe(200);
  });

  test('on all addresses has the URL of localhost', async () => {
    const { url, port } = await start({ port: 0, host: '0.0.0.0' });
    expect(url).toBe(`http://localhost:${port}/metrics`);
    expect((await fetchPage(`http://127.0.0.1:${port}/metrics`)).status).toBe(200);
  });

  test('serves another path, with any query', async () => {
    const { url } = await start({ port: 0, path: '/internal/metrics' });
    expect((await fetchPage(`${url}?name=x`)).status).toBe(200);
  });

  test.for(['/', '/metric', '/metrics/', '/metrics/x', '//metrics'])('answers 404 at %s and says where the metrics are', async (path) => {
    const { port } = await start({ port: 0 });
    const { status, headers, body } = await fetchPage(`http://127.0.0.1:${port}`, { path });
    expect(status).toBe(404);
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(body.toString()).toBe('There is nothing here. The metrics are at /metrics\n');
  });

  test('gives several servers different free ports', async () => {
    const servers = await Promise.all(Array.from({ length: 10 }, () => start({ port: 0 })));
    expect(new Set(servers.map(({ port }) => port)).size).toBe(10);
  });
});

describe('a taken port', () => {
  test('is an error that names it and the host, and is had once it is free', async () => {
    const { port, free } = await occupy(0);
    const error = await start({ port }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      message: expect.stringContaining(`port ${port} is taken on host localhost`),
      cause: { code: 'EADDRINUSE' },
    });
    await free();
    expect((await start({ port })).port).toBe(port);
  });

  test.runIf(hasIpv6)('is one when it is taken on ::1 alone, and 127.0.0.1 is given back', async () => {
    const { port } = await occupy(0, '::1');
    await expect(start({ port })).rejects.toThrow(`port ${port} is taken on host localhost`);
    expect((await start({ port, host: '127.0.0.1' })).port).toBe(port);
  });

  test('is one when another server of the same kind has it', async () => {
    const { port } = await start({ port: 0 });
    await expect(start({ port })).rejects.toThrow(`port ${port} is taken`);
  });

  test('is passed over with "auto", from 9464 on', async () => {
    const servers = [await start({ port: 'auto' }), await start({ port: 'auto' })];
    const [first = 0, second = 0] = servers.map(({ port }) => port);
    expect(first).toBeGreaterThanOrEqual(9464);
    expect(second).toBeGreaterThan(first);
    expect(second).toBeLessThan(9564);
  });

  test('is not the error of a host that the machine does not have', async () => {
    const error = await start({ host: '203.0.113.7', port: 0 }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ message: expect.stringMatching(/host "203\.0\.113\.7", port 0/), cause: { code: 'EADDRNOTAVAIL' } });
  });
});

describe('closing', () => {
  test('frees the port', async () => {
    const server = await start({ port: 0 });
    await server.close();
    await server.close();
    for (const host of loopbacks) expect(await isRefused(`http://${host}:${server.port}/metrics`), host).toBe(true);
    expect((await start({ port: server.port })).port).toBe(server.port);
  });

  test('ends idle connections', async () => {
    const server = await start({ port: 0 });
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    expect((await fetchPage(`http://127.0.0.1:${server.port}/metrics`, { agent })).status).toBe(200);
    await server.close();
    expect(await isRefused(`http://127.0.0.1:${server.port}/metrics`)).toBe(true);
  });

  test('ends an answer that never comes', async () => {
    const server = await startPrometheusServer({ reader: { handler: () => {} }, port: 0 });
    const answer = fetchPage(`http://127.0.0.1:${server.port}/metrics`).catch((error: NodeJS.ErrnoException) => error.code);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await server.close();
    expect(await answer).toBe('ECONNRESET');
  });
});

describe('an option that makes no sense is named with its value:', () => {
  test.for<[object, typeof TypeError | typeof RangeError, string]>([
    [{ host: 5 }, TypeError, 'host is 5'],
    [{ host: '' }, TypeError, 'host is ""'],
    [{ port: '9464' }, TypeError, 'port is "9464"'],
    [{ port: 70_000 }, RangeError, 'port is 70000'],
    [{ port: 1.5 }, RangeError, 'port is 1.5'],
    [{ port: -1 }, RangeError, 'port is -1'],
    [{ port: NaN }, RangeError, 'port is NaN'],
    [{ path: 'metrics' }, RangeError, 'path is "metrics"'],
    [{ path: '/metrics?x' }, RangeError, 'path is "/metrics?x"'],
    [{ path: 5 }, TypeError, 'path is 5'],
  ])('%j', async ([options, type, message]) => {
    const error = await start(options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(type);
    expect((error as Error).message).toContain(message);
  });
});
