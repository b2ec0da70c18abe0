import { defaultRegistry } from '@modelmeter/core';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';

export interface PushOptions {
  /** Where a Collector takes OTLP over HTTP. It must allow this page's origin (CORS). */
  readonly url: string;
  readonly serviceName: string;
  readonly everySeconds: number;
}

/** Pushes what is measured in this page: at intervals, and at once when the page is hidden or left, because nothing runs there later. */
export function pushMetrics({ url, serviceName, everySeconds }: PushOptions): MeterProvider {
  const reader = new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter({ url }),
    exportIntervalMillis: everySeconds * 1000,
    exportTimeoutMillis: everySeconds * 1000,
    metricProducers: [defaultRegistry().producer()],
  });
  // Two tabs would else write over one another's series.
  const resource = resourceFromAttributes({ 'service.name': serviceName, 'service.instance.id': crypto.randomUUID() });
  const provider = new MeterProvider({ resource, readers: [reader] });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void provider.forceFlush();
  });
  // Where a page is left, browsers differ in whether it is hidden first.
  addEventListener('pagehide', () => void provider.forceFlush());
  return provider;
}
