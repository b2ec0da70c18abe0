import { deltaTemporality } from '@modelmeter/core';
import { AggregationTemporality, InstrumentType, PeriodicExportingMetricReader, type PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { Settings } from './settings.ts';

/** A reader that exports at intervals, with a producer of the registry that tells values the way the exporter wants them. */
export interface PushReader {
  readonly reader: PeriodicExportingMetricReader;
  /** Frees the registry from waiting for it. */
  readonly close: () => void;
}

export function pushReader(exporter: PushMetricExporter, settings: Settings): PushReader {
  const { registry, naming, exportIntervalMillis, exportTimeoutMillis } = settings;
  const wanted = exporter.selectAggregationTemporality?.(InstrumentType.HISTOGRAM);
  const temporality = wanted === AggregationTemporality.DELTA && { temporality: deltaTemporality };
  const producer = registry.producer({ ...temporality, ...(naming && { naming }) });
  const metricProducers = [producer];
  return {
    reader: new PeriodicExportingMetricReader({ exporter, exportIntervalMillis, exportTimeoutMillis, metricProducers }),
    close: () => producer.close(),
  };
}
