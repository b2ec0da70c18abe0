import { portableNaming, Registry } from '@modelmeter/core';
import { metrics } from '@opentelemetry/api';
import { AggregationTemporalityPreference, OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ReceivedMetric } from './otlp-metrics.ts';
import { type OtlpReceiver, startOtlpReceiver } from './otlp-receiver.ts';
import { bindDuration, bindQueue } from './workload.ts';

describe('a global MeterProvider that knows nothing of us', () => {
  const metricProducers: ReturnType<Registry['producer']>[] = [];
  let receiver: OtlpReceiver;
  let provider: MeterProvider;

  beforeEach(async () => {
    receiver = await startOtlpReceiver();
  });
  afterEach(async () => {
    await provider.shutdown();
    metrics.disable();
    metricProducers.length = 0;
    await receiver.stop();
  });

  function register(temporalityPreference = AggregationTemporalityPreference.CUMULATIVE): void {
    const exporter = new OTLPMetricExporter({ url: receiver.url, temporalityPreference });
    provider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter, metricProducers })] });
    metrics.setGlobalMeterProvider(provider);
  }
  async function exported(): Promise<ReceivedMetric[]> {
    const before = receiver.exports.length;
    await provider.forceFlush();
    // A provider with nothing to tell posts nothing.
    return receiver.exports.length > before ? (receiver.exports.at(-1) ?? []) : [];
  }
  const named = (received: ReceivedMetric[], name: string) => received.filter((metric) => metric.name === name);

  test('exports every kind of instrument as it is defined, with the exact values', async () => {
    register();
    const queue = bindQueue(new Registry(), 'a');
    queue.jobs.add(3);
    queue.jobs.add(0.5);
    queue.waiting.add(10);
    queue.waiting.add(-25);
    queue.load.set(0.25);
    for (const seconds of [0.5, 0.75, 4, 1]) queue.duration.record(seconds);
    const received = await exported();
    const common = { scope: '@modelmeter/core' };
    const attributes = { 'test.queue': 'a' };
    expect(named(received, 'test.jobs')).toMatchObject([
      { ...common, kind: 'counter', unit: '{job}', description: 'Jobs done.', points: [{ attributes, value: 3.5 }] },
    ]);
    expect(named(received, 'test.waiting.size')).toMatchObject([
      { ...common, kind: 'updowncounter', unit: 'By', points: [{ attributes, value: -15 }] },
    ]);
    expect(named(received, 'test.load')).toMatchObject([{ ...common, kind: 'gauge', unit: '1', points: [{ attributes, value: 0.25 }] }]);
    const value = { count: 4, sum: 6.25, min: 0.5, max: 4, bounds: [0.5, 1, 2], buckets: [1, 2, 0, 1] };
    expect(named(received, 'test.job.duration')).toMatchObject([
      { ...common, kind: 'histogram', unit: 's', points: [{ attributes, value }] },
    ]);
  });

  test('has counters whole from instruments that are older than it, and histograms from its beginning', async () => {
    const { jobs, duration } = bindQueue(new Registry(), 'a');
    jobs.add(2);
    duration.record(1);
    register();
    jobs.add(1);
    duration.record(4);
    const received = await exported();
    expect(named(received, 'test.jobs')).toMatchObject([{ points: [{ value: 3 }] }]);
    expect(named(received, 'test.job.duration')).toMatchObject([{ points: [{ value: { count: 1, sum: 4 } }] }]);
  });

  test('has series of one metric in the same buckets, whatever bounds they were bound with', async () => {
    register();
    const registry = new Registry();
    const { duration } = bindQueue(registry, 'usual');
    for (const histogram of [duration, bindDuration(registry, 'own', [0.001, 60])]) histogram.record(0.75);
    const value = { bounds: [0.5, 1, 2], buckets: [0, 1, 0, 0] };
    expect(named(await exported(), 'test.job.duration')).toMatchObject([
      {
        points: [
          { attributes: { 'test.queue': 'usual' }, value },
          { attributes: { 'test.queue': 'own' }, value },
        ],
      },
    ]);
  });

  test('takes series and metrics that come after the first export', async () => {
    const registry = new Registry();
    register();
    bindQueue(registry, 'a').jobs.add(1);
    await exported();
    bindQueue(registry, 'b').jobs.add(2);
    expect(named(await exported(), 'test.jobs')).toMatchObject([
      {
        points: [
          { attributes: { 'test.queue': 'a' }, value: 1 },
          { attributes: { 'test.queue': 'b' }, value: 2 },
        ],
      },
    ]);
  });

  test('leaves a gauge out until it is set', async () => {
    register();
    const { load } = bindQueue(new Registry(), 'a');
    expect(named(await exported(), 'test.load')).toEqual([]);
    load.set(0);
    expect(named(await exported(), 'test.load')).toMatchObject([{ points: [{ value: 0 }] }]);
  });

  test('gets values that are read when asked', async () => {
    register();
    const registry = new Registry();
    const { waiting } = bindQueue(registry, 'a');
    let bytes = 5;
    registry.onCollect('queue', () => waiting.observe(bytes));
    expect(named(await exported(), 'test.waiting.size')).toMatchObject([{ points: [{ value: 5 }] }]);
    bytes = 3;
    expect(named(await exported(), 'test.waiting.size')).toMatchObject([{ points: [{ value: 3 }] }]);
  });

  test('chooses the temporality itself', async () => {
    register(AggregationTemporalityPreference.DELTA);
    const { jobs, waiting, duration } = bindQueue(new Registry(), 'a');
    jobs.add(1);
    waiting.add(1);
    duration.record(1);
    await exported();
    jobs.add(2);
    waiting.add(2);
    duration.record(3);
    const received = await exported();
    expect(named(received, 'test.jobs')).toMatchObject([{ temporality: 'delta', points: [{ value: 2 }] }]);
    expect(named(received, 'test.waiting.size')).toMatchObject([{ temporality: 'cumulative', points: [{ value: 3 }] }]);
    expect(named(received, 'test.job.duration')).toMatchObject([{ temporality: 'delta', points: [{ value: { count: 1, sum: 3 } }] }]);
  });

  test('gets the final Prometheus names with portable naming', async () => {
    register();
    const queue = bindQueue(new Registry({ naming: portableNaming }), 'a');
    queue.duration.record(1);
    queue.load.set(1);
    const received = await exported();
    expect(received.filter(({ name }) => name.startsWith('test')).map(({ name, points }) => [name, points[0]?.attributes])).toEqual([
      ['test_jobs_total', { test_queue: 'a' }],
      ['test_waiting_size_bytes', { test_queue: 'a' }],
      ['test_load_ratio', { test_queue: 'a' }],
      ['test_job_duration_seconds', { test_queue: 'a' }],
    ]);
  });

  test('gets nothing from a registry that has a reader of its own', async () => {
    register();
    const registry = new Registry();
    registry.openReader();
    bindQueue(registry, 'a').jobs.add(1);
    expect(await exported()).toEqual([]);
  });

  test('gets nothing more once its registry has a producer, which brings counters and gauges once', async () => {
    register();
    const registry = new Registry();
    const { jobs, load } = bindQueue(registry, 'a');
    jobs.add(1);
    metricProducers.push(registry.producer());
    jobs.add(2);
    load.set(1);
    const received = await exported();
    expect(named(received, 'test.jobs')).toMatchObject([{ points: [{ value: 3 }] }]);
    expect(named(received, 'test.load')).toMatchObject([{ points: [{ value: 1 }] }]);
  });
});
