import { defaultRegistry, Registry } from '@modelmeter/core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { readSettings } from '../src/settings.ts';
import type { StartOptions } from '../src/start-options.ts';
import { diagWarnings } from './diag-warnings.ts';

const warnings = diagWarnings();
afterEach(() => void vi.unstubAllEnvs());

/** The settings with an environment and nothing else. */
function withEnv(variables: Record<string, string>, options: StartOptions = {}) {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  return readSettings(options);
}

describe('without options and environment', () => {
  test('Prometheus is served on localhost:9464/metrics', () => {
    expect(readSettings({})).toMatchObject({
      exporters: new Set(['prometheus']),
      listen: true,
      host: 'localhost',
      port: 9464,
      path: '/metrics',
      resources: {},
      setGlobal: true,
      handleSignals: true,
      flushTimeoutMillis: 5000,
    });
  });

  test('OTLP goes out as protobuf each minute, with the default registry', () => {
    const { otlp, exportIntervalMillis, exportTimeoutMillis, registry, naming } = readSettings({});
    expect(otlp).toEqual({ protocol: 'http/protobuf', endpoint: undefined, headers: undefined });
    expect([exportIntervalMillis, exportTimeoutMillis]).toEqual([60_000, 30_000]);
    expect(registry).toBe(defaultRegistry());
    expect(naming).toBeUndefined();
  });
});

describe('the environment', () => {
  test('chooses exporters by a list', () => {
    expect(withEnv({ OTEL_METRICS_EXPORTER: 'otlp, prometheus,otlp' }).exporters).toEqual(new Set(['otlp', 'prometheus']));
    expect(withEnv({ OTEL_METRICS_EXPORTER: 'none' }).exporters).toEqual(new Set());
    expect(withEnv({ OTEL_METRICS_EXPORTER: 'console' }).exporters).toEqual(new Set(['console']));
  });

  test('is as good as absent where it is empty', () => {
    const settings = withEnv({ OTEL_METRICS_EXPORTER: ' ', OTEL_EXPORTER_PROMETHEUS_PORT: '', OTEL_EXPORTER_PROMETHEUS_HOST: '' });
    expect(settings).toMatchObject({ exporters: new Set(['prometheus']), port: 9464, host: 'localhost' });
  });

  test('gives host, port, interval, timeout and protocol', () => {
    const settings = withEnv({
      OTEL_EXPORTER_PROMETHEUS_HOST: '0.0.0.0',
      OTEL_EXPORTER_PROMETHEUS_PORT: '9500',
      OTEL_METRIC_EXPORT_INTERVAL: '15000',
      OTEL_METRIC_EXPORT_TIMEOUT: '2000',
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    });
    expect(settings).toMatchObject({ host: '0.0.0.0', port: 9500, exportIntervalMillis: 15_000, exportTimeoutMillis: 2000 });
    expect(settings.otlp.protocol).toBe('grpc');
  });

  test('prefers the protocol of metrics to that of all signals', () => {
    const variables = { OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: 'http/json', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' };
    expect(withEnv(variables, { exporters: ['otlp'] }).otlp.protocol).toBe('http/json');
  });

  test('may name a protocol of its own for other signals, where metrics do not use OTLP', () => {
    expect(withEnv({ OTEL_EXPORTER_OTLP_PROTOCOL: 'udp' }).exporters).toEqual(new Set(['prometheus']));
  });

  test('cuts a timeout that is longer than the interval', () => {
    expect(withEnv({ OTEL_METRIC_EXPORT_INTERVAL: '1000' }).exportTimeoutMillis).toBe(1000);
  });

  test.each([
    ['OTEL_EXPORTER_PROMETHEUS_PORT', 'http'],
    ['OTEL_EXPORTER_PROMETHEUS_PORT', '70000'],
    ['OTEL_METRIC_EXPORT_INTERVAL', '-5'],
    ['OTEL_METRIC_EXPORT_INTERVAL', '1e12'],
    ['OTEL_METRIC_EXPORT_TIMEOUT', 'soon'],
  ])('is warned of and left aside where %s is %s', (variable, value) => {
    expect(withEnv({ [variable]: value })).toEqual(readSettings({}));
    expect(warnings.join('\n')).toContain(variable);
  });

  test.each([
    ['OTEL_METRICS_EXPORTER', 'statsd', 'OTEL_METRICS_EXPORTER is "statsd", none of prometheus, otlp, console, none'],
    ['OTEL_METRICS_EXPORTER', 'none,otlp', 'OTEL_METRICS_EXPORTER is none,otlp: "none" stands alone'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'udp', 'OTEL_EXPORTER_OTLP_PROTOCOL is "udp", none of http/protobuf, http/json, grpc'],
  ])('is refused where %s is %s', (variable, value, message) => {
    expect(() => withEnv({ OTEL_METRICS_EXPORTER: 'otlp', [variable]: value })).toThrow(new RangeError(message));
  });
});

describe('options', () => {
  test('win over the environment', () => {
    const environment = {
      OTEL_METRICS_EXPORTER: 'console',
      OTEL_EXPORTER_PROMETHEUS_HOST: '0.0.0.0',
      OTEL_EXPORTER_PROMETHEUS_PORT: '9500',
      OTEL_METRIC_EXPORT_INTERVAL: '15000',
      OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: 'grpc',
    };
    const registry = new Registry();
    const options: StartOptions = {
      exporters: ['otlp'],
      host: '127.0.0.1',
      port: 0,
      exportIntervalSeconds: 0.5,
      otlp: { protocol: 'http/json' },
      registry,
    };
    expect(withEnv(environment, options)).toMatchObject({
      exporters: new Set(['otlp']),
      host: '127.0.0.1',
      port: 0,
      exportIntervalMillis: 500,
      exportTimeoutMillis: 500,
      registry,
    });
    expect(withEnv(environment, options).otlp.protocol).toBe('http/json');
  });

  test.each([
    [{ exporters: 'otlp' }, 'exporters is "otlp", not a list'],
    [{ listen: 1 }, 'listen is 1, neither true nor false'],
    [{ host: '' }, 'host is "", not a text'],
    [{ port: '9464' }, 'port is "9464", neither a number nor "auto"'],
    [{ path: 5 }, 'path is 5, not a text'],
    [{ exportIntervalSeconds: '60' }, 'exportIntervalSeconds is "60", not a number'],
    [{ registry: {} }, 'registry is an object, not a Registry'],
    [{ resources: 'yes' }, 'resources is "yes", neither true nor false'],
    [{ setGlobal: 'no' }, 'setGlobal is "no", neither true nor false'],
    [{ handleSignals: null }, 'handleSignals is null, neither true nor false'],
    [{ otlp: { headers: [] } }, 'otlp.headers is an array, not an object'],
    [{ otlp: { headers: { key: 5 } } }, 'otlp.headers["key"] is of type number, not a text'],
    [
      { otlp: { headers: { key: 'a' }, protocol: 'grpc' } },
      'otlp.headers does not go with the protocol grpc: set OTEL_EXPORTER_OTLP_HEADERS instead',
    ],
  ])('of a wrong type, such as %j, throw a TypeError that names them', (options, message) => {
    expect(() => readSettings(options as unknown as StartOptions)).toThrow(new TypeError(message));
  });

  test.each([
    [{ exporters: ['statsd'] }, 'exporters is "statsd", none of prometheus, otlp, console, none'],
    [{ exporters: ['none', 'otlp'] }, 'exporters is none,otlp: "none" stands alone'],
    [{ port: 65_536 }, 'port is 65536, not an integer from 0 to 65535'],
    [{ path: 'metrics' }, 'path is "metrics", not a path that begins with "/"'],
    [{ exportIntervalSeconds: 0 }, 'exportIntervalSeconds is 0, not above 0 and below 2147483'],
    [{ flushTimeoutSeconds: Number.NaN }, 'flushTimeoutSeconds is NaN, not above 0 and below 2147483'],
    [{ flushTimeoutSeconds: 3e6 }, 'flushTimeoutSeconds is 3000000, not above 0 and below 2147483'],
    [{ naming: 'dotted' }, 'naming is "dotted", none of otel, portable'],
    [{ otlp: { protocol: 'udp' } }, 'otlp.protocol is "udp", none of http/protobuf, http/json, grpc'],
    [{ otlp: { endpoint: 'collector' } }, 'otlp.endpoint is "collector", not a URL'],
  ])('out of range, such as %j, throw a RangeError that names them', (options, message) => {
    expect(() => readSettings(options as unknown as StartOptions)).toThrow(new RangeError(message));
  });
});
