import { defaultRegistry, type Naming, otelNaming, portableNaming, type Registry } from '@modelmeter/core';
import type { ResourceOptions } from '@modelmeter/system';
import { getStringFromEnv } from '@opentelemetry/core';
import {
  checkBoolean,
  checkHeaders,
  checkOneOf,
  checkPath,
  checkPort,
  checkRegistry,
  checkSeconds,
  checkString,
  checkUrl,
} from './check-option.ts';
import { millisecondsFromEnv, portFromEnv } from './environment.ts';
import { type ActiveExporter, chooseExporters } from './exporters.ts';
import type { NamingName, OtlpProtocol, StartOptions } from './start-options.ts';

/** What `startMetrics` goes by: its options, checked, and the environment where they are silent. */
export interface Settings {
  readonly exporters: ReadonlySet<ActiveExporter>;
  readonly listen: boolean;
  readonly host: string;
  readonly port: number | 'auto';
  readonly path: string;
  readonly otlp: OtlpSettings;
  readonly exportIntervalMillis: number;
  readonly exportTimeoutMillis: number;
  readonly registry: Registry;
  readonly naming: Naming | undefined;
  /** Undefined where none are reported. */
  readonly resources: ResourceOptions | undefined;
  readonly setGlobal: boolean;
  readonly flushTimeoutMillis: number;
  readonly handleSignals: boolean;
}

export interface OtlpSettings {
  readonly protocol: OtlpProtocol;
  readonly endpoint: string | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;
}

/** @throws TypeError or RangeError that names the option or the environment variable, and its value. */
export function readSettings(options: StartOptions): Settings {
  const exporters = chooseExporters(options.exporters);
  const exportIntervalMillis = intervalMillis(options.exportIntervalSeconds);
  return {
    exporters,
    listen: checkBoolean('listen', options.listen) ?? true,
    host: checkString('host', options.host) ?? getStringFromEnv('OTEL_EXPORTER_PROMETHEUS_HOST')?.trim() ?? 'localhost',
    port: checkPort('port', options.port) ?? portFromEnv('OTEL_EXPORTER_PROMETHEUS_PORT') ?? 9464,
    path: checkPath('path', options.path) ?? '/metrics',
    otlp: otlpSettings(exporters.has('otlp'), options.otlp),
    exportIntervalMillis,
    // The SDK refuses a timeout beyond the interval.
    exportTimeoutMillis: Math.min(millisecondsFromEnv('OTEL_METRIC_EXPORT_TIMEOUT') ?? 30_000, exportIntervalMillis),
    registry: checkRegistry('registry', options.registry) ?? defaultRegistry(),
    naming: namingOf(checkOneOf('naming', options.naming, ['otel', 'portable'])),
    resources: resourceOptions(options.resources),
    setGlobal: checkBoolean('setGlobal', options.setGlobal) ?? true,
    flushTimeoutMillis: (checkSeconds('flushTimeoutSeconds', options.flushTimeoutSeconds) ?? 5) * 1000,
    handleSignals: checkBoolean('handleSignals', options.handleSignals) ?? true,
  };
}

function namingOf(name: NamingName | undefined): Naming | undefined {
  return name && { otel: otelNaming, portable: portableNaming }[name];
}

function resourceOptions(resources: StartOptions['resources'] = true): ResourceOptions | undefined {
  if (typeof resources === 'object') return resources;
  return checkBoolean('resources', resources) ? {} : undefined;
}

function intervalMillis(optionSeconds: number | undefined): number {
  const seconds = checkSeconds('exportIntervalSeconds', optionSeconds);
  return seconds === undefined ? (millisecondsFromEnv('OTEL_METRIC_EXPORT_INTERVAL') ?? 60_000) : seconds * 1000;
}

const PROTOCOLS = ['http/protobuf', 'http/json', 'grpc'] as const;

function otlpSettings(isUsed: boolean, options: StartOptions['otlp'] = {}): OtlpSettings {
  // Where it is not used, the environment's protocol is meant for other signals, and may be one that is unknown here.
  const fromEnv = isUsed ? protocolFromEnv() : undefined;
  const protocol = checkOneOf('otlp.protocol', options.protocol, PROTOCOLS) ?? fromEnv ?? 'http/protobuf';
  const headers = checkHeaders('otlp.headers', options.headers);
  if (headers && protocol === 'grpc') {
    throw new TypeError('otlp.headers does not go with the protocol grpc: set OTEL_EXPORTER_OTLP_HEADERS instead');
  }
  return { protocol, endpoint: checkUrl('otlp.endpoint', options.endpoint), headers };
}

function protocolFromEnv(): OtlpProtocol | undefined {
  for (const variable of ['OTEL_EXPORTER_OTLP_METRICS_PROTOCOL', 'OTEL_EXPORTER_OTLP_PROTOCOL']) {
    const protocol = checkOneOf(variable, getStringFromEnv(variable)?.trim(), PROTOCOLS);
    if (protocol !== undefined) return protocol;
  }
  return undefined;
}
