import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Registry } from '@modelmeter/core';
import type { MeterProvider } from '@opentelemetry/api';

/** What `startMetrics` has started. Its functions work without `this`. */
export interface Metrics {
  /** Where Prometheus finds the metrics, such as `http://localhost:9464/metrics`; undefined when no server was opened. */
  readonly url: string | undefined;
  /** Holds the values; bind instruments on it, or pass it to what makes metrics. */
  readonly registry: Registry;
  /** Makes instruments of the OpenTelemetry API that go out the same ways. */
  readonly meterProvider: MeterProvider;
  /** Answers a request of Prometheus from a `node:http` server of your own; 404 without the Prometheus exporter. */
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
  /** The page that Prometheus reads, in its text format; empty without the Prometheus exporter. Rejects after `shutdown`. */
  readonly text: () => Promise<string>;
  /** Exports what there is by otlp and console; resolves when that is done, has failed or has taken `flushTimeoutSeconds`. Never rejects. */
  readonly flush: () => Promise<void>;
  /** Flushes once more and gives everything back: port, global provider, signal listeners. Never rejects; a second call waits for the first. */
  readonly shutdown: () => Promise<void>;
}
