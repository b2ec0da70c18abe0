import { type MetricDefinition, prometheusLabel, prometheusName } from '@modelmeter/core';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Serve } from './implementation.ts';
import { listen } from './listen.ts';
import { BOUNDS, duration, level, type Workload } from './workload.ts';

/** prom-client as its README serves it. */
export const serve: Serve = async (workload) => {
  const { registry, update } = promClient(workload);
  const url = await listen((_request, response) => {
    response.setHeader('content-type', registry.contentType);
    void registry.metrics().then((page) => response.end(page));
  });
  return { url, update };
};

export function promClient({ histograms, counters, gauges }: Workload): { registry: Registry; update: (update: number) => void } {
  const registry = new Registry();
  const settings = (definition: MetricDefinition) => ({
    name: prometheusName(definition),
    help: definition.description,
    labelNames: definition.attributes.map(({ key }) => prometheusLabel(key)),
    registers: [registry],
  });
  const labels = (attributes: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(attributes).map(([key, value]) => [prometheusLabel(key), value]));
  const durations = histograms.flatMap(({ definition, series }) => {
    const metric = new Histogram({ ...settings(definition), buckets: [...BOUNDS] });
    return series.map((attributes) => metric.labels(labels(attributes)));
  });
  const requests = counters.flatMap(({ definition, series }) => {
    const metric = new Counter(settings(definition));
    return series.map((attributes) => metric.labels(labels(attributes)));
  });
  const levels = gauges.flatMap(({ definition, series }) => {
    const metric = new Gauge(settings(definition));
    return series.map((attributes) => metric.labels(labels(attributes)));
  });
  return {
    registry,
    update: (update) => {
      durations.forEach((series, i) => series.observe(duration(i, update)));
      for (const series of requests) series.inc();
      levels.forEach((series, i) => series.set(level(i, update)));
    },
  };
}
