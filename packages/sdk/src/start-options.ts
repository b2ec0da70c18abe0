import type { Registry } from '@modelmeter/core';
import type { ResourceOptions } from '@modelmeter/system';
import type { Attributes } from '@opentelemetry/api';

export type ExporterName = 'prometheus' | 'otlp' | 'console' | 'none';

export type OtlpProtocol = 'http/protobuf' | 'http/json' | 'grpc';

export type NamingName = 'otel' | 'portable';

/** Where metrics are pushed to. What is not here is read from `OTEL_EXPORTER_OTLP_*`. */
export interface OtlpOptions {
  /**
   * URL that the metrics are posted to; nothing is added to it.
   * @default OTEL_EXPORTER_OTLP_METRICS_ENDPOINT, else OTEL_EXPORTER_OTLP_ENDPOINT with `/v1/metrics` added, else
   * `http://localhost:4318/v1/metrics` (grpc: `http://localhost:4317`)
   */
  readonly endpoint?: string;
  /** Sent beside those of OTEL_EXPORTER_OTLP_HEADERS; not with grpc. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * `grpc` needs the package @opentelemetry/exporter-metrics-otlp-grpc.
   * @default OTEL_EXPORTER_OTLP_METRICS_PROTOCOL, else OTEL_EXPORTER_OTLP_PROTOCOL, else `http/protobuf`
   */
  readonly protocol?: OtlpProtocol;
}

/** Each option wins over the environment variable that is named as its default. */
export interface StartOptions {
  /** @default OTEL_SERVICE_NAME, else `service.name` of OTEL_RESOURCE_ATTRIBUTES, else `unknown_service:` and the program's name */
  readonly serviceName?: string;
  /** @default `service.version` of OTEL_RESOURCE_ATTRIBUTES, else none */
  readonly serviceVersion?: string;
  /** Added to OTEL_RESOURCE_ATTRIBUTES. `service.instance.id` is a UUID of the process unless it is given. */
  readonly resourceAttributes?: Attributes;
  /**
   * The ways out. `none` stands alone.
   * @default OTEL_METRICS_EXPORTER, else `['prometheus']`
   */
  readonly exporters?: readonly ExporterName[];
  /**
   * Whether the Prometheus exporter opens a server. Without one, serve `handler` from a server of your own.
   * @default true
   */
  readonly listen?: boolean;
  /** @default OTEL_EXPORTER_PROMETHEUS_HOST, else `localhost`: both 127.0.0.1 and ::1 */
  readonly host?: string;
  /**
   * 0–65535; 0 is any free port, `auto` the first free one from 9464 on.
   * @default OTEL_EXPORTER_PROMETHEUS_PORT, else 9464
   */
  readonly port?: number | 'auto';
  /** @default '/metrics' */
  readonly path?: string;
  readonly otlp?: OtlpOptions;
  /**
   * Seconds between two exports of otlp and console, above 0.
   * @default OTEL_METRIC_EXPORT_INTERVAL (milliseconds), else 60
   */
  readonly exportIntervalSeconds?: number;
  /** @default defaultRegistry() */
  readonly registry?: Registry;
  /**
   * Whether to report what the process, its container, the machine and its GPUs do: metrics of `@modelmeter/system`, and event loop, garbage collection and
   * heap by OpenTelemetry's runtime instrumentation. Options say which.
   * @default true
   */
  readonly resources?: boolean | Omit<ResourceOptions, 'registry' | 'clock'>;
  /**
   * What instruments are called on otlp and console: `otel` is the dotted OpenTelemetry name, `portable` the final Prometheus name, for back ends
   * that translate nothing. The Prometheus endpoint has one spelling.
   * @default the naming of the registry
   */
  readonly naming?: NamingName;
  /**
   * Whether to become the global MeterProvider, unless there is one: it stays, with a warning.
   * @default true
   */
  readonly setGlobal?: boolean;
  /**
   * How long `flush` and `shutdown` wait for exports, in seconds above 0.
   * @default 5
   */
  readonly flushTimeoutSeconds?: number;
  /**
   * Whether the last values are exported when a signal (SIGINT, SIGTERM, SIGHUP) or an empty event loop ends the process. Nothing is hooked
   * where nothing is pushed.
   * @default true
   */
  readonly handleSignals?: boolean;
}
