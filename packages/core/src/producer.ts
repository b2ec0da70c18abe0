import type { Attributes } from '@opentelemetry/api';
import type { MetricDefinition } from './definitions/definition.ts';
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
import { BUCKETS_AT, MAX_AT, MIN_AT, SUM_AT, type Series, VALUE_AT } from './registry/series.ts';
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
export class Producer {
  readonly #reader: CollectionReader;
  readonly #naming: Naming;
  readonly #increases: Increases | undefined;

  /** @param increases told in place of totals. */
  constructor(reader: CollectionReader, naming: Naming, increases: Increases | undefined) {
    this.#reader = reader;
    this.#naming = naming;
    this.#increases = increases;
  }

  /** Called by the reader. The resource is the provider's own. */
  async collect(): Promise<CollectionResult> {
    const snapshot = this.#reader.collect();
    const metrics = snapshot.families.map((family) => this.#metric(snapshot, family)).filter(({ dataPoints }) => dataPoints.length > 0);
    const scope = { name: SCOPE_NAME, version: SCOPE_VERSION };
    return { resourceMetrics: { resource: { attributes: {} }, scopeMetrics: [{ scope, metrics }] }, errors: [] };
  }

  /** Frees the registry from waiting for this producer. */
  close(): void {
    this.#reader.close();
  }

  #metric(snapshot: Snapshot, { definition, series }: FamilySnapshot): MetricData {
    const { instrument, unit, description } = definition;
    const increases = instrument === 'counter' || instrument === 'histogram' ? this.#increases : undefined;
    const dataPointType = DATA_POINT_TYPE[instrument];
    return {
      descriptor: { name: this.#naming.metricName(definition), description, unit, valueType: DOUBLE },
      aggregationTemporality: increases ? DELTA : CUMULATIVE,
      dataPointType,
      ...(dataPointType === SUM && { isMonotonic: instrument === 'counter' }),
      dataPoints: series.flatMap((one) => this.#dataPoint(snapshot, definition, one, increases)),
    };
  }

  /** None where a gauge is not known. */
  #dataPoint(
    snapshot: Snapshot,
    { instrument }: MetricDefinition,
    series: Series,
    increases: Increases | undefined,
  ): DataPoint<number | HistogramValue>[] {
    const { unixSeconds } = snapshot;
    const totals = snapshot.valuesOf(series);
    if (Number.isNaN(totals[VALUE_AT])) return [];
    const { sinceUnixSeconds, values } = increases?.take(series, unixSeconds, totals) ?? {
      sinceUnixSeconds: series.startUnixSeconds,
      values: totals,
    };
    const attributes: Attributes = this.#naming.attributes(series.attributes);
    const value = instrument === 'histogram' ? histogramValue(series.buckets.bounds, values) : (values[VALUE_AT] as number);
    return [{ startTime: hrTime(sinceUnixSeconds), endTime: hrTime(unixSeconds), attributes, value }];
  }
}

function histogramValue(bounds: readonly number[], values: Float64Array): HistogramValue {
  const counts = [...values.subarray(BUCKETS_AT)];
  const count = counts.reduce((sum, bucket) => sum + bucket, 0);
  const value = { buckets: { boundaries: [...bounds], counts }, sum: values[SUM_AT] as number, count };
  // Not known of an increase, nor where nothing is recorded.
  const min = values[MIN_AT] as number;
  return Number.isFinite(min) ? { ...value, min, max: values[MAX_AT] as number } : value;
}

/** To the microsecond, which is as fine as a double of today's Unix time. */
function hrTime(unixSeconds: number): HrTime {
  const microseconds = Math.round(unixSeconds * 1e6);
  return [Math.floor(microseconds / 1e6), (microseconds % 1e6) * 1000];
}
