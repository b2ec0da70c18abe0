import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { allDefinitions, type AttributeValue, type MetricDefinition, portableNaming, prometheusName, Registry } from '@modelmeter/core';
import { metrics } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { afterEach, describe, expect, test } from 'vitest';
import { bindQueue } from './workload.ts';

let provider: MeterProvider;
let exporter: PrometheusExporter;

function start(producer: ReturnType<Registry['producer']>): void {
  exporter = new PrometheusExporter({ preventServerStart: true, metricProducers: [producer] });
  provider = new MeterProvider({ readers: [exporter] });
  metrics.setGlobalMeterProvider(provider);
}
afterEach(async () => {
  await provider.shutdown();
  metrics.disable();
});

/** The page over HTTP, without comments and without what differs by version: scope labels and `target_info`. */
async function samples(): Promise<string[]> {
  const server = createServer((request, response) => exporter.getMetricsRequestHandler(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`);
  const page = await response.text();
  server.close();
  return page
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('target_info'))
    .map((line) => line.replace(/,?otel_scope_\w+="[^"]*"/g, '').replace('{}', ''));
}

describe('the Prometheus exporter of OpenTelemetry with our producer', () => {
  test('serves the exact values, of instruments made before and after it', async () => {
    const registry = new Registry({ naming: portableNaming });
    const early = bindQueue(registry, 'early');
    early.jobs.add(2);
    start(registry.producer());
    const late = bindQueue(registry, 'late');
    late.jobs.add(0.5);
    late.waiting.add(-3);
    late.load.set(0.25);
    late.duration.record(1);
    late.duration.record(5);
    expect((await samples()).filter((line) => line.startsWith('test'))).toEqual([
      'test_jobs_total{test_queue="early"} 2',
      'test_jobs_total{test_queue="late"} 0.5',
      'test_waiting_size_bytes{test_queue="early"} 0',
      'test_waiting_size_bytes{test_queue="late"} -3',
      'test_load_ratio{test_queue="late"} 0.25',
      'test_job_duration_seconds_count{test_queue="early"} 0',
      'test_job_duration_seconds_sum{test_queue="early"} 0',
      'test_job_duration_seconds_bucket{test_queue="early",le="0.5"} 0',
      'test_job_duration_seconds_bucket{test_queue="early",le="1"} 0',
      'test_job_duration_seconds_bucket{test_queue="early",le="2"} 0',
      'test_job_duration_seconds_bucket{test_queue="early",le="+Inf"} 0',
      'test_job_duration_seconds_count{test_queue="late"} 2',
      'test_job_duration_seconds_sum{test_queue="late"} 6',
      'test_job_duration_seconds_bucket{test_queue="late",le="0.5"} 0',
      'test_job_duration_seconds_bucket{test_queue="late",le="1"} 1',
      'test_job_duration_seconds_bucket{test_queue="late",le="2"} 1',
      'test_job_duration_seconds_bucket{test_queue="late",le="+Inf"} 2',
    ]);
  });

  test('serves every sample once', async () => {
    const registry = new Registry();
    bindQueue(registry, 'a').jobs.add(1);
    start(registry.producer());
    bindQueue(registry, 'b').duration.record(1);
    const series = (await samples()).map((line) => line.slice(0, line.lastIndexOf(' ')));
    expect(series.length).toBeGreaterThan(10);
    expect(series).toEqual([...new Set(series)]);
  });

  test('serves each of our metrics under its Prometheus name with portable naming', async () => {
    const registry = new Registry({ naming: portableNaming });
    start(registry.producer());
    const definitions = Object.values(allDefinitions).flat();
    for (const definition of definitions) touch(registry, definition);
    const names = new Set((await samples()).map((line) => line.split(/[{ ]/, 1)[0]));
    const expected = definitions.flatMap((definition) => {
      const name = prometheusName(definition);
      return definition.instrument === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
    });
    expect(names).toEqual(new Set(expected));
  });
});

/** Records 1 on some series of a metric. */
function touch(registry: Registry, definition: MetricDefinition): void {
  const attributes = Object.fromEntries(
    definition.attributes.map(({ key, values }): [string, AttributeValue] => [key, values?.[0] ?? 'a']),
  );
  const bound = registry.bind(definition, attributes);
  if ('record' in bound) bound.record(1);
  else if ('set' in bound) bound.set(1);
  else bound.add(1);
}
