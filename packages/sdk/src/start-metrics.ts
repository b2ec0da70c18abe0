import { defaultRegistry } from '@modelmeter/core';
import { createNoopMeter } from '@opentelemetry/api';
import { getBooleanFromEnv } from '@opentelemetry/core';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { claimGlobal } from './global-provider.ts';
import type { Metrics } from './metrics.ts';
import { processEnd } from './process-end.ts';
import { absentPage, openPage } from './prometheus-page.ts';
import { pushExporters } from './push-exporter.ts';
import { pushReader } from './push-reader.ts';
import { metricsResource } from './resource.ts';
import { runningMetrics } from './running-metrics.ts';
import { reportSystem } from './report-system.ts';
import { readSettings } from './settings.ts';
import type { StartOptions } from './start-options.ts';

/**
 * Serves and exports the metrics of a registry. Resolves once the Prometheus endpoint listens. With OTEL_SDK_DISABLED=true nothing is
 * started, and what is returned does nothing.
 * @throws TypeError or RangeError that names an option or environment variable and its value; an error that names the port where that can't
 * be had. Nothing stays open then. Nothing is thrown afterwards.
 */
export async function startMetrics(options: StartOptions = {}): Promise<Metrics> {
  if (getBooleanFromEnv('OTEL_SDK_DISABLED')) return disabledMetrics(options);
  const settings = readSettings(options);
  const resource = metricsResource(options);
  const exporters = await pushExporters(settings);
  // The last step that can fail.
  const { page, reader, closeServer } = await openPage(settings);

  const { registry, flushTimeoutMillis } = settings;
  const pushed = exporters.map(({ exporter }) => pushReader(exporter, settings));
  const readers = [...(reader ? [reader] : []), ...pushed.map((push) => push.reader)];
  const meterProvider = new MeterProvider({ resource, readers });
  const cut = () => exporters.forEach((exporter) => exporter.cut());
  const releases = [cut, ...pushed.map(({ close }) => close)];
  const release = () => releases.forEach((giveBack) => giveBack());
  let withdraw = () => {};
  const running = { registry, meterProvider, readers, flushTimeoutMillis, page, closeServer, withdraw: () => withdraw(), release };
  const { metrics, flush } = runningMetrics(running);
  if (settings.setGlobal) withdraw = claimGlobal(meterProvider);
  if (settings.handleSignals && pushed.length > 0) releases.push(processEnd().add({ flush, cut }));
  if (settings.resources) releases.push(reportSystem(registry, meterProvider, settings.resources));
  return metrics;
}

function disabledMetrics({ registry = defaultRegistry() }: StartOptions): Metrics {
  const nothing = async () => {};
  const meterProvider = { getMeter: createNoopMeter };
  return { ...absentPage('OTEL_SDK_DISABLED is true.'), registry, meterProvider, flush: nothing, shutdown: nothing };
}
