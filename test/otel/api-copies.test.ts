import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Registry } from '@modelmeter/core';
import type * as Api from '@opentelemetry/api';
import type * as Sdk from '@opentelemetry/sdk-metrics';
import { afterEach, describe, expect, test } from 'vitest';
import { bindQueue } from './workload.ts';

// Our core resolves @opentelemetry/api as the project that runs this file says: 1.9.1 with SDK 2, 1.10.0 with SDK 3. The application here
// resolves it as Node does from each of the two folders, so that all four pairs of copies are met.

const API_KEY = Symbol.for('opentelemetry.js.api.1');

describe.each([2, 3])('in an application with its own copy of the API that goes with SDK %i,', (major) => {
  const require = createRequire(join(import.meta.dirname, `../otel-sdk-${major}/package.json`));
  const { metrics } = require('@opentelemetry/api') as typeof Api;
  const { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } =
    require('@opentelemetry/sdk-metrics') as typeof Sdk;

  let exporter: Sdk.InMemoryMetricExporter;
  let provider: Sdk.MeterProvider;

  afterEach(async () => {
    await provider.shutdown();
    metrics.disable();
    // The object carries the version of the copy that made it.
    Reflect.deleteProperty(globalThis, API_KEY);
  });

  function start(metricProducers: Sdk.MetricProducer[]): void {
    exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    provider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter, metricProducers })] });
    expect(metrics.setGlobalMeterProvider(provider)).toBe(true);
  }
  async function exported(): Promise<Record<string, unknown>> {
    await provider.forceFlush();
    const all =
      exporter
        .getMetrics()
        .at(-1)
        ?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [];
    return Object.fromEntries(all.map(({ descriptor, dataPoints }) => [descriptor.name, dataPoints[0]?.value]));
  }

  test('metrics go out by a producer', async () => {
    const registry = new Registry();
    start([registry.producer()]);
    const { jobs, duration } = bindQueue(registry, 'a');
    jobs.add(3);
    duration.record(1);
    expect(await exported()).toMatchObject({ 'test.jobs': 3, 'test.job.duration': { count: 1, sum: 1 } });
  });

  test('metrics go out by the plain API', async () => {
    const { jobs, duration } = bindQueue(new Registry(), 'a');
    start([]);
    jobs.add(3);
    duration.record(1);
    expect(await exported()).toMatchObject({ 'test.jobs': 3, 'test.job.duration': { count: 1, sum: 1 } });
  });
});
