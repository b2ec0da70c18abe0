import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { DirectReader } from '../measure/direct-reader.ts';
import { runMetrics, withRunId } from './run-metrics.ts';
import type { Trainer } from './trainer.ts';

/** OpenTelemetry's SDK, which has no way to end a series. */
export function opentelemetryTrainer(): Trainer {
  const reader = new DirectReader();
  const meter = new MeterProvider({ readers: [reader] }).getMeter('bench');
  const gauges = runMetrics.map(({ definition: { name, unit, description }, attributes }) => ({
    gauge: meter.createGauge(name, { unit, description }),
    attributes,
  }));
  return {
    run: (number) => {
      for (const { gauge, attributes } of gauges) gauge.record(number, withRunId(attributes, number));
    },
    collect: async () => {
      const { resourceMetrics } = await reader.collect();
      return resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics).reduce((sum, { dataPoints }) => sum + dataPoints.length, 0);
    },
  };
}
