import { MeterProvider, type MetricReader } from '@opentelemetry/sdk-metrics';
import { DirectReader } from '../measure/direct-reader.ts';
import type { Contender } from '../measure/interleave.ts';
import { BOUNDS, durations, LABELS, MASK, ones } from './values.ts';

export const OTEL = { counter: 'OpenTelemetry SDK counter, 3 attributes', histogram: 'OpenTelemetry SDK histogram, 3 attributes' } as const;

/** OpenTelemetry's SDK, which has no bound instruments; each time with the same attribute object, which is its best case. */
export function opentelemetryContenders(): readonly Contender[] {
  const reader = new DirectReader();
  const meter = new MeterProvider({ readers: [reader] }).getMeter('bench');
  const counter = meter.createCounter('bench.requests');
  const histogram = meter.createHistogram('bench.duration', { unit: 's', advice: { explicitBucketBoundaries: [...BOUNDS] } });
  return [
    {
      name: OTEL.counter,
      run: (times) => {
        for (let i = 0; i < times; i++) counter.add(ones[i & MASK] as number, LABELS);
      },
      readBack: () => collected(reader, 'bench.requests'),
    },
    {
      name: OTEL.histogram,
      run: (times) => {
        for (let i = 0; i < times; i++) histogram.record(durations[i & MASK] as number, LABELS);
      },
      readBack: () => collected(reader, 'bench.duration'),
    },
  ];
}

async function collected(reader: MetricReader, name: string): Promise<number> {
  const { resourceMetrics } = await reader.collect();
  let total = 0;
  for (const { descriptor, dataPoints } of resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics)) {
    if (descriptor.name !== name) continue;
    for (const { value } of dataPoints) total += typeof value === 'number' ? value : (value as { count: number }).count;
  }
  return total;
}
