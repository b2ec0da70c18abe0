import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { Registry } from '@modelmeter/core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startMetrics, type StartOptions } from '../src/index.ts';
import { diagWarnings } from './diag-warnings.ts';
import { metricIn, type OtlpReceiver, startOtlpReceiver } from './otlp-receiver.ts';

diagWarnings();
let receiver: OtlpReceiver;
beforeEach(async () => {
  receiver = await startOtlpReceiver();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await receiver.stop();
});

/** Starts, counts 2, flushes, counts 3 more and shuts down: two posts. */
async function push(options: StartOptions = {}): Promise<void> {
  const metrics = await startMetrics({ exporters: ['otlp'], registry: new Registry(), ...options });
  metrics.registry.drop('non_finite', 2);
  await metrics.flush();
  metrics.registry.drop('non_finite', 3);
  await metrics.shutdown();
}

const programWithoutGrpc = `
  import { registerHooks } from 'node:module';
  registerHooks({
    resolve(specifier, context, nextResolve) {
      if (specifier.endsWith('-grpc')) throw new Error('Cannot find package');
      return nextResolve(specifier, context);
    },
  });
  const { startMetrics } = await import('../src/index.ts');
  await startMetrics({ exporters: ['otlp'], otlp: { protocol: 'grpc' } }).catch((error) => console.log(String(error)));
`;

describe('otlp', () => {
  test('posts protobuf to where the environment says, with its headers', async () => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', receiver.origin);
    vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', 'x-team=vision');
    await push();
    expect(receiver.posts).toHaveLength(2);
    expect(receiver.posts[0]).toMatchObject({
      path: '/v1/metrics',
      headers: { 'content-type': 'application/x-protobuf', 'x-team': 'vision' },
    });
    expect(receiver.posts[0]?.body.toString('latin1')).toContain('modelmeter.dropped');
  });

  test('posts to the endpoint of metrics as it is written', async () => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', 'http://127.0.0.1:1');
    vi.stubEnv('OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', `${receiver.origin}/api/v1/otlp/v1/metrics`);
    await push();
    expect(receiver.posts.map(({ path }) => path)).toEqual(['/api/v1/otlp/v1/metrics', '/api/v1/otlp/v1/metrics']);
  });

  test('posts JSON, to the endpoint and with the headers of the options, which win', async () => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', 'http://127.0.0.1:1');
    vi.stubEnv('OTEL_EXPORTER_OTLP_HEADERS', 'x-team=env,x-room=12');
    await push({ otlp: { protocol: 'http/json', endpoint: `${receiver.origin}/here`, headers: { 'x-team': 'vision' } } });
    expect(receiver.posts[0]).toMatchObject({
      path: '/here',
      headers: { 'content-type': 'application/json', 'x-team': 'vision', 'x-room': '12' },
    });
  });

  test('posts at the interval', async () => {
    const otlp = { protocol: 'http/json', endpoint: receiver.origin } as const;
    const metrics = await startMetrics({ exporters: ['otlp'], otlp, registry: new Registry(), exportIntervalSeconds: 0.02 });
    await vi.waitFor(() => expect(receiver.posts.length).toBeGreaterThanOrEqual(3), { timeout: 10_000 });
    await metrics.shutdown();
  });

  test('calls a gRPC service', async () => {
    const calls: string[] = [];
    const server = createServer().listen(0, '127.0.0.1');
    server.on('stream', (stream, headers) => {
      calls.push(String(headers[':path']));
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.resume().on('end', () => stream.end(Buffer.alloc(5))); // an empty message
    });
    await once(server, 'listening');
    await push({ otlp: { protocol: 'grpc', endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } });
    server.close();
    const service = '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export';
    expect(calls).toEqual([service, service]);
  });

  test('says which package gRPC needs where it is not installed', { timeout: 60_000 }, async () => {
    const args = ['--input-type=module', '--eval', programWithoutGrpc];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname });
    expect(stdout).toContain('OTLP over grpc needs @opentelemetry/exporter-metrics-otlp-grpc, which does not load: npm install');
  });
});

describe('the temporality of what is posted', () => {
  const nonFinite = (at: number) => {
    const post = receiver.posts[at];
    const metric = post && metricIn(post, 'modelmeter.dropped');
    return [metric?.temporality, metric?.points[0]?.asDouble];
  };

  test.each([
    ['cumulative', 'cumulative', 5],
    ['delta', 'delta', 3],
    ['LowMemory', 'delta', 3],
  ])('follows OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=%s', async (preference, temporality, second) => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE', preference);
    await push({ otlp: { protocol: 'http/json', endpoint: receiver.origin } });
    expect(nonFinite(0)).toEqual([temporality, 2]);
    expect(nonFinite(1)).toEqual([temporality, second]);
  });
});

test('portable naming gives what is posted its final Prometheus names', async () => {
  await push({ naming: 'portable', otlp: { protocol: 'http/json', endpoint: receiver.origin } });
  const [post] = receiver.posts;
  expect(post && metricIn(post, 'modelmeter_dropped_total')?.points[0]?.asDouble).toBe(2);
  expect(post && metricIn(post, 'modelmeter.dropped')).toBeUndefined();
});

test('console prints the metrics at a flush', async () => {
  const dir = vi.spyOn(console, 'dir').mockReturnValue();
  await push({ exporters: ['console'] });
  expect(dir.mock.calls.map(([metric]) => metric.descriptor.name)).toContain('modelmeter.dropped');
  dir.mockRestore();
});
