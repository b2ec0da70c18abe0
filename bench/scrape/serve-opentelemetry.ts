import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { Serve } from './implementation.ts';
import { listen } from './listen.ts';
import { BOUNDS, duration, level } from './workload.ts';

/** OpenTelemetry's SDK with its Prometheus exporter. */
export const serve: Serve = async ({ histograms, counters, gauges }) => {
  const exporter = new PrometheusExporter({ preventServerStart: true });
  const meter = new MeterProvider({ readers: [exporter] }).getMeter('bench');
  const advice = { explicitBucketBoundaries: [...BOUNDS] };
  const durations = histograms.flatMap(({ definition: { name, unit, description }, series }) => {
    const instrument = meter.createHistogram(name, { unit, description, advice });
    return series.map((attributes) => ({ instrument, attributes }));
  });
  const requests = counters.flatMap(({ definition: { name, unit, description }, series }) => {
    const instrument = meter.createCounter(name, { unit, description });
    return series.map((attributes) => ({ instrument, attributes }));
  });
  const levels = gauges.flatMap(({ definition: { name, unit, description }, series }) => {
    const instrument = meter.createGauge(name, { unit, description });
    return series.map((attributes) => ({ instrument, attributes }));
  });
  return {
    url: await listen((request, response) => exporter.getMetricsRequestHandler(request, response)),
    update: (update) => {
      durations.forEach(({ instrument, attributes }, i) => instrument.record(duration(i, update), attributes));
      requests.forEach(({ instrument, attributes }) => instrument.add(1, attributes));
      levels.forEach(({ instrument, attributes }, i) => instrument.record(level(i, update), attributes));
    },
  };
};
