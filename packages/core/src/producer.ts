import type { deltaTemporality, Increases } from './delta-temporality.ts';
import type { Naming } from './naming.ts';
import {
  type CollectionResult,
  CUMULATIVE,
  type DataPoint,
  DELTA,
  DOUBLE,
  GAUGE,
  HISTOGRAM,
  type HistogramValue,
  type HrTime,
  type MetricData,
  SUM,
} from './otel-metric-data.ts';
import type { CollectionReader } from './registry/collection-reader.ts';
import { BUCKETS_AT, MAX_AT, MIN_AT, SUM_AT, VALUE_AT } from './registry/series.ts';
import type { FamilySnapshot, Snapshot } from './registry/snapshot.ts';
import { SCOPE_NAME, SCOPE_VERSION } from './scope.ts';

const DATA_POINT_TYPE = { counter: SUM, updowncounter: SUM, gauge: GAUGE, histogram: HISTOGRAM } as const;

export interface ProducerOptions {
  /**
   * What counters and histograms tell: everything since they began or, with `deltaTemporality`, what came since the last collection. Up-down counters
   * are always cumulative.
   * @default cumulative
   */
  readonly temporality?: typeof deltaTemporality;
  /** `otelNaming` or `portableNaming`. @default the naming of the registry */
  readonly naming?: Naming;
}

/**
 * The `MetricProducer` of OpenTelemetry's metrics SDK over a registry: pass it to a reader's `metricProducers`. It serves one reader, because
 * it remembers what that reader has been told.
 */
export interface Producer {
  /** Called by the reader. The resource is the provider's own. */
  collect(): Promise<CollectionResult>;
  /** Frees the registry from waiting for this producer. */
  close(): void;
}

/** @param increases told in place of totals. */
export function metricProducer(reader: CollectionReader, naming: Naming, increases: Increases | undefined): Producer {
  return {
    async collect() {
      const snapshot = reader.collect();
      const metrics = snapshot.families.map((family) => metricData(snapshot, family, naming, increases));
      const scope = { name: SCOPE_NAME, version: SCOPE_VERSION };
      const scopeMetrics = [{ scope, metrics: metrics.filter(({ dataPoints }) => dataPoints.length > 0) }];
      return { resourceMetrics: { resource: { attributes: {} }, scopeMetrics }, errors: [] };
    },
    close: () => reader.close(),
  };
}

function metricData(snapshot: Snapshot, family: FamilySnapshot, naming: Naming, increases: Increases | undefined): MetricData {
  const { definition, series } = family;
  const { instrument, unit, description } = definition;
  const dataPointType = DATA_POINT_TYPE[instrument];
  const isMonotonic = instrument === 'counter';
  const told = isMonotonic || instrument === 'histogram' ? increases : undefined;
  const { unixSeconds } = snapshot;
  const dataPoints = series.flatMap((one): DataPoint<number | HistogramValue>[] => {
    const totals = snapshot.valuesOf(one);
    // A gauge that is not known.
    if (Number.isNaN(totals[VALUE_AT])) return [];
    const { sinceUnixSeconds, values } = told?.take(one, unixSeconds, totals) ?? {
      sinceUnixSeconds: one.startUnixSeconds,
      values: totals,
    };
    const value = dataPointType === HISTOGRAM ? histogramValue(one.buckets.bounds, values) : (values[VALUE_AT] as number);
    const attributes = naming.attributes(one.attributes);
    return [{ startTime: hrTime(sinceUnixSeconds), endTime: hrTime(unixSeconds), attributes, value }];
  });
  return {
    descriptor: { name: naming.metricName(definition), description, unit, valueType: DOUBLE },
    aggregationTemporality: told ? DELTA : CUMULATIVE,
    dataPointType,
    ...(dataPointType === SUM && { isMonotonic }),
    dataPoints,
  };
}

function histogramValue(bounds: readonly number[], values: Float64Array): HistogramValue {
  const counts = [...values.subarray(BUCKETS_AT)];
  const count = counts.reduce((sum, bucket) => sum + bucket, 0);
  const min = values[MIN_AT] as number;
  return {
    buckets: { boundaries: [...bounds], counts },
    sum: values[SUM_AT] as number,
    count,
    // Not known of an increase, nor where nothing is recorded.
    ...(Number.isFinite(min) && { min, max: values[MAX_AT] as number }),
  };
}

/** To the microsecond, which is as fine as a double of today's Unix time. */
function hrTime(unixSeconds: number): HrTime {
  const microseconds = Math.round(unixSeconds * 1e6);
  return [Math.floor(microseconds / 1e6), (microseconds % 1e6) * 1000];
}
