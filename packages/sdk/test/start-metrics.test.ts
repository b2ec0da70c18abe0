import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defineMetric, Registry } from '@modelmeter/core';
import { metrics as api } from '@opentelemetry/api';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Metrics, startMetrics, type StartOptions } from '../src/index.ts';
import { diagWarnings } from './diag-warnings.ts';
import { metricIn, resourceIn, startOtlpReceiver } from './otlp-receiver.ts';

const jobs = defineMetric({
  name: 'test.jobs',
  instrument: 'counter',
  unit: '{job}',
  description: 'Jobs done.',
  attributes: [],
  stability: 'development',
});

const warnings = diagWarnings();
const started: Metrics[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((metrics) => metrics.shutdown()));
  api.disable();
  vi.unstubAllEnvs();
});

async function start(options: StartOptions = {}): Promise<Metrics> {
  const metrics = await startMetrics({ port: 0, registry: new Registry(), ...options });
  started.push(metrics);
  return metrics;
}
async function page(metrics: Metrics): Promise<string> {
  // On a connection of its own: one that is kept would meet the server's shutdown.
  return (await fetch(metrics.url ?? '', { headers: { connection: 'close' } })).text();
}

/** Whether a registry that keeps ended runs for no time still keeps one, for readers other than the one that collects here. */
function waitsForReaders(registry: Registry): boolean {
  const reader = registry.openReader();
  const run = registry.beginRun();
  run.bind(jobs, {});
  run.end();
  reader.collect();
  const { families } = reader.collect();
  reader.close();
  return families.some(({ definition, series }) => definition.name === jobs.name && series.length > 0);
}

describe('startMetrics', () => {
  test('resolves when the endpoint serves the registry', async () => {
    const metrics = await start({ path: '/m' });
    metrics.registry.bind(jobs, {}).add(3);
    expect(metrics.url).toMatch(/^http:\/\/localhost:\d+\/m$/);
    expect(await page(metrics)).toContain('test_jobs_total 3\n');
    expect(await metrics.text()).toContain('test_jobs_total 3\n');
  });

  test('serves what was recorded before it, and instruments of the OpenTelemetry API', async () => {
    const registry = new Registry();
    registry.bind(jobs, {}).add(2);
    const metrics = await start({ registry });
    api.getMeter('app').createCounter('app.orders').add(4);
    metrics.meterProvider.getMeter('app').createCounter('app.returns').add(1);
    const text = await page(metrics);
    expect(text).toContain('test_jobs_total 2\n');
    expect(text).toMatch(/^app_orders_total(\{.*\})? 4$/m);
    expect(text).toMatch(/^app_returns_total(\{.*\})? 1$/m);
  });

  test('serves every metric of the registry once', async () => {
    const metrics = await start();
    metrics.registry.bind(jobs, {}).add(1);
    expect((await page(metrics)).match(/^test_jobs_total /gm)).toHaveLength(1);
  });

  test('without listening leaves the page to a server of the user', async () => {
    const metrics = await start({ listen: false });
    metrics.registry.bind(jobs, {}).add(3);
    const server = createServer(metrics.handler).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    expect(metrics.url).toBeUndefined();
    expect(await response.text()).toContain('test_jobs_total 3\n');
    server.close();
  });

  test('without the Prometheus exporter has no page', async () => {
    const metrics = await start({ exporters: ['none'] });
    const server = createServer(metrics.handler).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`);
    expect([metrics.url, await metrics.text(), response.status]).toEqual([undefined, '', 404]);
    server.close();
  });

  test('pushes and serves at the same time, each with all values', async () => {
    const receiver = await startOtlpReceiver();
    const otlp = { protocol: 'http/json', endpoint: `${receiver.origin}/v1/metrics` } as const;
    const metrics = await start({ serviceName: 'digits', exporters: ['prometheus', 'otlp'], otlp });
    metrics.registry.bind(jobs, {}).add(3);
    await metrics.flush();
    expect(receiver.posts).toHaveLength(1);
    expect(receiver.posts.map((post) => metricIn(post, 'test.jobs')?.points)).toMatchObject([[{ asDouble: 3 }]]);
    expect(receiver.posts.map(resourceIn)).toMatchObject([{ 'service.name': 'digits' }]);
    expect(await page(metrics)).toContain('test_jobs_total 3\n');
    await metrics.shutdown();
    await receiver.stop();
  });

  test('twice in a process serves two registries', async () => {
    const [one, two] = [await start(), await start()];
    one.registry.bind(jobs, {}).add(1);
    two.registry.bind(jobs, {}).add(2);
    expect(await page(one)).toContain('test_jobs_total 1\n');
    expect(await page(two)).toContain('test_jobs_total 2\n');
  });
});

describe('a failed start', () => {
  test('names the port that is taken', async () => {
    const { port } = new URL((await start()).url ?? '');
    await expect(start({ port: Number(port) })).rejects.toThrow(port);
  });

  test('leaves nothing behind', async () => {
    const receiver = await startOtlpReceiver();
    const first = await start({ setGlobal: false });
    const listeners = process.listenerCount('SIGTERM');
    const registry = new Registry({ keepEndedRunsSeconds: 0 });
    const port = Number(new URL(first.url ?? '').port);
    const options: StartOptions = {
      registry,
      port,
      exporters: ['prometheus', 'otlp'],
      exportIntervalSeconds: 0.01,
      otlp: { protocol: 'http/json', endpoint: receiver.origin },
    };
    await expect(start(options)).rejects.toThrow(String(port));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(receiver.posts).toEqual([]);
    expect(process.listenerCount('SIGTERM')).toBe(listeners);
    expect(waitsForReaders(registry)).toBe(false);
    expect(api.setGlobalMeterProvider(new MeterProvider())).toBe(true);
    await first.shutdown();
    expect((await start({ registry, port })).url).toBe(first.url);
    await receiver.stop();
  });

  test('is a rejection, and not a throw, for a malformed option', async () => {
    await expect(startMetrics({ port: -1 })).rejects.toThrow(new RangeError('port is -1, not an integer from 0 to 65535'));
  });
});

describe('resources', () => {
  test('are those of process, machine and runtime, until shutdown', async () => {
    const metrics = await start();
    // The event loop has no delays before it has had some turns.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const text = await page(metrics);
    expect(Number(/^process_memory_usage_bytes (.*)$/m.exec(text)?.[1])).toBeGreaterThan(1e6);
    expect(text).toMatch(/^nodejs_eventloop_delay_max_seconds/m);
    expect(text).toMatch(/^v8js_memory_heap_used_bytes/m);
    const reader = metrics.registry.openReader();
    await metrics.shutdown();
    const left = reader.collect().families.filter(({ definition }) => definition.name === 'process.memory.usage');
    expect(left.flatMap(({ series }) => series)).toEqual([]);
    reader.close();
  });

  test('are only those that are asked for', async () => {
    const process = await page(await start({ resources: { host: false, container: false, gpu: false } }));
    expect(process).toMatch(/^process_memory_usage_bytes/m);
    expect(process).not.toMatch(/^system_/m);
    const none = await page(await start({ resources: false }));
    expect(none).not.toMatch(/^(process|system|container|nodejs|v8js)_/m);
  });
});

describe('the global MeterProvider', () => {
  test('is ours until shutdown', async () => {
    const metrics = await start();
    expect(api.getMeterProvider()).toBe(metrics.meterProvider);
    await metrics.shutdown();
    expect(api.getMeterProvider()).not.toBe(metrics.meterProvider);
    expect(warnings).toEqual([]);
  });

  test('stays whose it is, with a warning, and ours serves all the same', async () => {
    const theirs = new MeterProvider();
    api.setGlobalMeterProvider(theirs);
    const metrics = await start();
    metrics.registry.bind(jobs, {}).add(1);
    expect(api.getMeterProvider()).toBe(theirs);
    expect(warnings).toEqual([expect.stringContaining('another global MeterProvider')]);
    expect(await page(metrics)).toContain('test_jobs_total 1\n');
    await metrics.shutdown();
    expect(api.getMeterProvider()).toBe(theirs);
  });

  test('stays too where an older copy of the API registered it, which ours does not show', async () => {
    const key = Symbol.for('opentelemetry.js.api.1');
    const theirs = { version: '1.9.1', metrics: new MeterProvider() };
    const ours: unknown = Reflect.get(globalThis, key);
    Reflect.set(globalThis, key, theirs);
    const metrics = await start();
    await metrics.shutdown();
    Reflect.set(globalThis, key, ours);
    expect(theirs.metrics).toBeInstanceOf(MeterProvider);
  });

  test('is not touched when it is not wanted', async () => {
    const metrics = await start({ setGlobal: false });
    expect(api.getMeterProvider()).not.toBe(metrics.meterProvider);
  });

  test('that replaced ours is not taken away by shutdown', async () => {
    const metrics = await start();
    const theirs = new MeterProvider();
    api.disable();
    api.setGlobalMeterProvider(theirs);
    await metrics.shutdown();
    expect(api.getMeterProvider()).toBe(theirs);
  });
});

describe('shutdown', () => {
  test('exports the last values and closes the port', async () => {
    const receiver = await startOtlpReceiver();
    const metrics = await start({ exporters: ['prometheus', 'otlp'], otlp: { protocol: 'http/json', endpoint: receiver.origin } });
    metrics.registry.bind(jobs, {}).add(5);
    await metrics.shutdown();
    expect(receiver.posts.map((post) => metricIn(post, 'test.jobs')?.points)).toMatchObject([[{ asDouble: 5 }]]);
    await expect(page(metrics)).rejects.toThrow('fetch failed');
    await receiver.stop();
  });

  test('is one, however often it is called', async () => {
    const receiver = await startOtlpReceiver();
    const { shutdown } = await start({ exporters: ['otlp'], otlp: { endpoint: receiver.origin } });
    await Promise.all([shutdown(), shutdown()]);
    await shutdown();
    expect(receiver.posts).toHaveLength(1);
    expect(warnings).toEqual([]);
    await receiver.stop();
  });

  test('makes room for another start on the same port and registry', async () => {
    const first = await start();
    first.registry.bind(jobs, {}).add(1);
    await page(first);
    await first.shutdown();
    const second = await start({ registry: first.registry, port: Number(new URL(first.url ?? '').port) });
    second.registry.bind(jobs, {}).add(1);
    expect(second.url).toBe(first.url);
    expect(await page(second)).toContain('test_jobs_total 2\n');
    expect(api.getMeterProvider()).toBe(second.meterProvider);
  });

  test('frees the registry from waiting with the series of ended runs', async () => {
    const registry = new Registry({ keepEndedRunsSeconds: 0 });
    vi.spyOn(console, 'dir').mockReturnValue();
    const metrics = await start({ registry, exporters: ['prometheus', 'console'] });
    expect(waitsForReaders(registry)).toBe(true);
    await metrics.shutdown();
    expect(waitsForReaders(registry)).toBe(false);
    vi.restoreAllMocks();
  });

  test('and flush wait for an endpoint that hangs no longer than they may, and only warn', async () => {
    const receiver = await startOtlpReceiver({ answers: false });
    const otlp = { endpoint: receiver.origin };
    const metrics = await start({ exporters: ['otlp'], otlp, flushTimeoutSeconds: 0.1 });
    const began = performance.now();
    await metrics.flush();
    await metrics.shutdown();
    expect(performance.now() - began).toBeLessThan(5000);
    expect(warnings).toHaveLength(2);
    await receiver.stop();
  });
});

describe('OTEL_SDK_DISABLED=true', () => {
  test('starts nothing and makes everything do nothing', async () => {
    vi.stubEnv('OTEL_SDK_DISABLED', 'true');
    vi.stubEnv('OTEL_METRICS_EXPORTER', 'statsd');
    const metrics = await start();
    metrics.registry.bind(jobs, {}).add(1);
    metrics.meterProvider.getMeter('app').createCounter('app.orders').add(1);
    await metrics.flush();
    expect([metrics.url, await metrics.text()]).toEqual([undefined, '']);
    expect(api.setGlobalMeterProvider(new MeterProvider())).toBe(true);
    await metrics.shutdown();
  });
});
