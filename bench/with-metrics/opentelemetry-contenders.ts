import { inferenceMetrics as metric } from '@modelmeter/core';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { DirectReader } from '../measure/direct-reader.ts';
import type { Contender } from '../measure/interleave.ts';
import { noOps, sink } from './no-ops.ts';

export const OTEL = { sync: 'OpenTelemetry API by hand', async: 'OpenTelemetry API by hand, async' } as const;

/** A counter, a histogram and an up-down counter around a function, each time with the same attribute object, which is their best case. */
export function opentelemetryContenders(): readonly Contender[] {
  const reader = new DirectReader();
  const meter = new MeterProvider({ readers: [reader] }).getMeter('bench');
  const requests = meter.createCounter('bench.requests');
  const advice = { explicitBucketBoundaries: [...metric.inferenceDuration.bounds] };
  const durations = meter.createHistogram('bench.duration', { unit: 's', advice });
  const active = meter.createUpDownCounter('bench.active_requests');
  const attributesOf = (model: string) => {
    const attributes = { 'ml.model.name': model, 'ml.model.version': '3', 'ml.operation.name': 'classify' };
    return { attributes, failed: { ...attributes, 'error.type': '_OTHER' } };
  };
  const ofSync = attributesOf('sync');
  const ofAsync = attributesOf('async');
  const { sync, async } = noOps();

  function measuredSync(value: number): number {
    active.add(1, ofSync.attributes);
    const start = performance.now();
    try {
      const result = sync(value);
      requests.add(1, ofSync.attributes);
      return result;
    } catch (error) {
      requests.add(1, ofSync.failed);
      throw error;
    } finally {
      durations.record((performance.now() - start) / 1000, ofSync.attributes);
      active.add(-1, ofSync.attributes);
    }
  }

  async function measuredAsync(value: number): Promise<number> {
    active.add(1, ofAsync.attributes);
    const start = performance.now();
    try {
      const result = await async(value);
      requests.add(1, ofAsync.attributes);
      return result;
    } catch (error) {
      requests.add(1, ofAsync.failed);
      throw error;
    } finally {
      durations.record((performance.now() - start) / 1000, ofAsync.attributes);
      active.add(-1, ofAsync.attributes);
    }
  }

  const readBack = (model: string) => async () => {
    const { resourceMetrics } = await reader.collect();
    const metrics = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
    const points = metrics.find(({ descriptor }) => descriptor.name === 'bench.duration')?.dataPoints ?? [];
    return (points.find(({ attributes }) => attributes['ml.model.name'] === model)?.value as { count: number } | undefined)?.count ?? NaN;
  };
  return [
    {
      name: OTEL.sync,
      run: (times) => {
        for (let i = 0; i < times; i++) sink.sum += measuredSync(i);
      },
      readBack: readBack('sync'),
    },
    {
      name: OTEL.async,
      run: async (times) => {
        for (let i = 0; i < times; i++) sink.sum += await measuredAsync(i);
      },
      readBack: readBack('async'),
    },
  ];
}
