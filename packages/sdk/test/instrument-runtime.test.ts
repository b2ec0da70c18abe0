import { setImmediate as nextTurn } from 'node:timers/promises';
import { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { expect, onTestFinished, test } from 'vitest';
import { instrumentRuntime } from '../src/instrument-runtime.ts';

/** Its metrics' names, as often as asked for. */
function runtime() {
  const reader = new PeriodicExportingMetricReader({
    exporter: new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE),
    exportIntervalMillis: 3_600_000,
  });
  const meterProvider = new MeterProvider({ readers: [reader] });
  onTestFinished(() => meterProvider.shutdown());
  const names = async () => {
    const { resourceMetrics } = await reader.collect();
    return resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics.map(({ descriptor }) => descriptor.name));
  };
  return { meterProvider, names };
}

test('event loop and heap are measured soon, until it is ended', async () => {
  const { meterProvider, names } = runtime();
  const end = instrumentRuntime(meterProvider);
  onTestFinished(end);
  expect(await names()).toEqual([]);
  await expect
    .poll(names)
    .toEqual(expect.arrayContaining(['nodejs.eventloop.delay.max', 'nodejs.eventloop.time', 'v8js.memory.heap.used']));
});

test('ended before it has begun, it never does', async () => {
  const { meterProvider, names } = runtime();
  instrumentRuntime(meterProvider)();
  for (let turn = 0; turn < 100; turn++) await nextTurn();
  expect(await names()).toEqual([]);
});
