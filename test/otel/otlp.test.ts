import { deltaTemporality, portableNaming, Registry } from '@modelmeter/core';
import { metrics } from '@opentelemetry/api';
import { OTLPMetricExporter as JsonExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtobufExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ReceivedMetric } from './otlp-metrics.ts';
import { type OtlpReceiver, startOtlpReceiver } from './otlp-receiver.ts';
import { bindDuration, bindQueue } from './workload.ts';

const SCOPE = '@modelmeter/core';
const attributes = { 'test.queue': 'a' };

describe.each([
  ['protobuf', ProtobufExporter],
  ['JSON', JsonExporter],
])("a user's own MeterProvider with our producer, over OTLP %s,", (_encoding, OtlpExporter) => {
  let receiver: OtlpReceiver;
  let provider: MeterProvider;
  let registry: Registry;

  beforeEach(async () => {
    receiver = await startOtlpReceiver();
    registry = new Registry();
  });
  afterEach(async () => {
    await provider.shutdown();
    metrics.disable();
    await receiver.stop();
  });

  function start(producer: ReturnType<Registry['producer']>): void {
    const exporter = new OtlpExporter({ url: receiver.url });
    provider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter, metricProducers: [producer] })] });
    metrics.setGlobalMeterProvider(provider);
  }
  /** The next export, by metric name; fails where a name comes twice. */
  async function exported(): Promise<Record<string, ReceivedMetric>> {
    await provider.forceFlush();
    const last = receiver.exports.at(-1) ?? [];
    const names = last.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    return Object.fromEntries(last.map((metric) => [metric.name, metric]));
  }

  test('exports every kind of instrument as it is defined, with the exact values', async () => {
    const queue = bindQueue(registry, 'a');
    start(registry.producer());
    queue.jobs.add(3);
    queue.jobs.add(0.5);
    queue.waiting.add(10);
    queue.waiting.add(-25);
    queue.load.set(0.25);
    for (const seconds of [0.5, 0.75, 4, 1]) queue.duration.record(seconds);
    const received = await exported();
    expect(received['test.jobs']).toMatchObject({
      scope: SCOPE,
      kind: 'counter',
      unit: '{job}',
      description: 'Jobs done.',
      temporality: 'cumulative',
      points: [{ attributes, value: 3.5 }],
    });
    expect(received['test.waiting.size']).toMatchObject({
      scope: SCOPE,
      kind: 'updowncounter',
      unit: 'By',
      temporality: 'cumulative',
      points: [{ attributes, value: -15 }],
    });
    expect(received['test.load']).toMatchObject({ scope: SCOPE, kind: 'gauge', unit: '1', points: [{ attributes, value: 0.25 }] });
    expect(received['test.job.duration']).toMatchObject({
      scope: SCOPE,
      kind: 'histogram',
      unit: 's',
      temporality: 'cumulative',
      points: [{ attributes, value: { count: 4, sum: 6.25, min: 0.5, max: 4, bounds: [0.5, 1, 2], buckets: [1, 2, 0, 1] } }],
    });
  });

  test.each(['cumulative', 'delta'] as const)('exports each histogram with its own bounds when %s', async (temporality) => {
    const { duration } = bindQueue(registry, 'usual');
    const own = bindDuration(registry, 'own', [0.001, 60]);
    start(registry.producer(temporality === 'delta' ? { temporality: deltaTemporality } : {}));
    for (const seconds of [0.001, 0.75, 100]) for (const histogram of [duration, own]) histogram.record(seconds);
    expect((await exported())['test.job.duration']).toMatchObject({
      temporality,
      points: [
        { attributes: { 'test.queue': 'usual' }, value: { count: 3, bounds: [0.5, 1, 2], buckets: [1, 1, 0, 1] } },
        { attributes: { 'test.queue': 'own' }, value: { count: 3, bounds: [0.001, 60], buckets: [1, 1, 1] } },
      ],
    });
  });

  test('keeps what was recorded before it existed, and takes instruments that are made later', async () => {
    const early = bindQueue(registry, 'early');
    early.jobs.add(2);
    early.duration.record(1);
    start(registry.producer());
    early.jobs.add(1);
    bindQueue(registry, 'late').jobs.add(7);
    const received = await exported();
    expect(received['test.jobs']?.points).toMatchObject([
      { attributes: { 'test.queue': 'early' }, value: 3 },
      { attributes: { 'test.queue': 'late' }, value: 7 },
    ]);
    expect(received['test.job.duration']?.points).toMatchObject([{ value: { count: 1, sum: 1 } }, { value: { count: 0 } }]);
  });

  test('leaves a gauge out until it is set, and has counters and histograms from the start', async () => {
    const { load } = bindQueue(registry, 'a');
    start(registry.producer());
    const before = await exported();
    expect(before['test.load']).toBeUndefined();
    expect(before['test.jobs']?.points).toMatchObject([{ value: 0 }]);
    expect(before['test.job.duration']?.points).toMatchObject([{ value: { count: 0, sum: 0, buckets: [0, 0, 0, 0] } }]);
    load.set(0);
    expect((await exported())['test.load']?.points).toMatchObject([{ value: 0 }]);
    load.clear();
    expect((await exported())['test.load']).toBeUndefined();
  });

  test('adds up when cumulative', async () => {
    const { jobs, duration } = bindQueue(registry, 'a');
    start(registry.producer());
    jobs.add(1);
    duration.record(0.25);
    const first = await exported();
    jobs.add(2);
    duration.record(3);
    const second = await exported();
    expect(second['test.jobs']?.points).toMatchObject([{ value: 3 }]);
    expect(second['test.job.duration']?.points).toMatchObject([
      { value: { count: 2, sum: 3.25, min: 0.25, max: 3, buckets: [1, 0, 0, 1] } },
    ]);
    expect(second['test.jobs']?.points[0]?.startSeconds).toBe(first['test.jobs']?.points[0]?.startSeconds);
  });

  test('tells what came since the last export when the producer is a delta one', async () => {
    const { jobs, waiting, duration } = bindQueue(registry, 'a');
    start(registry.producer({ temporality: deltaTemporality }));
    jobs.add(1);
    waiting.add(4);
    duration.record(0.25);
    const first = await exported();
    jobs.add(2);
    waiting.add(1);
    duration.record(3);
    const second = await exported();
    expect(first['test.jobs']).toMatchObject({ temporality: 'delta', points: [{ value: 1 }] });
    expect(second['test.jobs']).toMatchObject({ temporality: 'delta', points: [{ value: 2 }] });
    expect(second['test.waiting.size']).toMatchObject({ temporality: 'cumulative', points: [{ value: 5 }] });
    expect(second['test.job.duration']).toMatchObject({
      temporality: 'delta',
      points: [{ value: { count: 1, sum: 3, buckets: [0, 0, 0, 1] } }],
    });
    expect(second['test.jobs']?.points[0]?.startSeconds).toBe(first['test.jobs']?.points[0]?.seconds);
  });

  test('exports its own instruments beside ours', async () => {
    start(registry.producer());
    metrics.getMeter('app').createCounter('app.orders').add(4);
    bindQueue(registry, 'a').jobs.add(1);
    const received = await exported();
    expect(received['app.orders']).toMatchObject({ scope: 'app', points: [{ value: 4 }] });
    expect(received['test.jobs']).toMatchObject({ scope: SCOPE, points: [{ value: 1 }] });
  });

  test('exports the final Prometheus names and labels with portable naming', async () => {
    registry = new Registry({ naming: portableNaming });
    start(registry.producer());
    const { load } = bindQueue(registry, 'a');
    load.set(1);
    const received = await exported();
    expect(Object.keys(received).filter((name) => name.startsWith('test'))).toEqual([
      'test_jobs_total',
      'test_waiting_size_bytes',
      'test_load_ratio',
      'test_job_duration_seconds',
    ]);
    expect(received['test_jobs_total']?.points[0]?.attributes).toEqual({ test_queue: 'a' });
  });
});
