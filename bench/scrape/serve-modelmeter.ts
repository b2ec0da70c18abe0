import { Registry } from '@modelmeter/core';
import { PrometheusReader, startPrometheusServer } from '@modelmeter/sdk';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { Serve } from './implementation.ts';
import { duration, level } from './workload.ts';

/** Ours, as startMetrics() sets it up. */
export const serve: Serve = async ({ histograms, counters, gauges }) => {
  const registry = new Registry();
  const reader = new PrometheusReader({ registry });
  const _provider = new MeterProvider({ readers: [reader] });
  const durations = histograms.flatMap(({ definition, series }) => series.map((attributes) => registry.bind(definition, attributes)));
  const requests = counters.flatMap(({ definition, series }) => series.map((attributes) => registry.bind(definition, attributes)));
  const levels = gauges.flatMap(({ definition, series }) => series.map((attributes) => registry.bind(definition, attributes)));
  const { url } = await startPrometheusServer({ reader, host: '127.0.0.1', port: 0 });
  return {
    url,
    update: (update) => {
      durations.forEach((series, i) => series.record(duration(i, update)));
      for (const series of requests) series.add();
      levels.forEach((series, i) => series.set(level(i, update)));
    },
  };
};
