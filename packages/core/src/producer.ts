import type { Attributes } from '@opentelemetry/api';
import type { MetricDefinition } from './definitions/definition.ts';
import { exportedAttributes, exportedName } from './exported-name.ts';
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
import type { Naming } from './prometheus-name.ts';
import type { CollectionReader } from './registry/collection-reader.ts';
import { BUCKETS_AT, MAX_AT, MIN_AT, SUM_AT, type Series } from './registry/series.ts';
import type { FamilySnapshot, Snapshot } from './registry/snapshot.ts';
import { SCOPE_NAME, SCOPE_VERSION } from './scope.ts';

export type Temporality = 'cumulative' | 'delta';

export interface ProducerOptions {
  /**
   * What counters and histograms tell: everything since they began, or what came since the last collection. Up-down counters are always
   * cumulative.
   * @default 'cumulative'
   */
  readonly temporality?: Temporality;
  /** @default the naming of the registry */
  readonly naming?: Naming;
}

/** What a delta producer last told of a series. */
interface Told {
  readonly unixSeconds: number;
  readonly values: Float64Array;
}

/**
 * The `MetricProducer` of OpenTelemetry's metrics SDK over a registry: pass it to a reader's `metricProducers`. It serves one reader, because
 * it remembers what that reader has been told.
 */
export class Producer {
  readonly #reader: CollectionReader;
  readonly #temporality: Temporality;
  readonly #naming: Naming;
  readonly #told = new WeakMap<Series, Told>();

  constructor(reader: CollectionReader, temporality: Temporality, naming: Naming) {
    this.#reader = reader;
    this.#temporality = temporality;
    this.#naming = naming;
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
    const dataPoints = series.map((one) => this.#dataPoint(snapshot, definition, one)).filter((point) => point !== undefined);
    const isDelta = this.#temporality === 'delta' && (instrument === 'counter' || instrument === 'histogram');
    return {
      descriptor: { name: exportedName(definition, this.#naming), description, unit, valueType: DOUBLE },
      aggregationTemporality: isDelta ? DELTA : CUMULATIVE,
      dataPoints,
      ...(instrument === 'histogram'
        ? { dataPointType: HISTOGRAM }
        : instrument === 'gauge'
          ? { dataPointType: GAUGE }
          : { dataPointType: SUM, isMonotonic: instrument === 'counter' }),
    };
  }

  #dataPoint(snapshot: Snapshot, definition: MetricDefinition, series: Series): DataPoint<number> | DataPoint<HistogramValue> | undefined {
    const values = snapshot.valuesOf(series);
    const attributes: Attributes = exportedAttributes(series.attributes, this.#naming);
    const cumulative = { startTime: hrTime(series.startUnixSeconds), endTime: hrTime(snapshot.unixSeconds), attributes };
    switch (definition.instrument) {
      case 'gauge':
        return Number.isNaN(values[0]) ? undefined : { ...cumulative, value: values[0] as number };
      case 'updowncounter':
        return { ...cumulative, value: values[0] as number };
      case 'counter':
      case 'histogram': {
        const told = this.#temporality === 'delta' ? this.#tell(series, snapshot.unixSeconds, values) : undefined;
        const point = told ? { ...cumulative, startTime: hrTime(told.unixSeconds) } : cumulative;
        if (definition.instrument === 'counter') return { ...point, value: increase(values[0] as number, told?.values[0]) };
        return { ...point, value: histogramValue(series.buckets.bounds, values, this.#temporality, told?.values) };
      }
    }
  }

  /** Remembers what a series has come to and returns what was told before. */
  #tell(series: Series, unixSeconds: number, values: Float64Array): Told | undefined {
    const before = this.#told.get(series);
    this.#told.set(series, { unixSeconds, values });
    return before;
  }
}

/** A total that is observed elsewhere falls where it begins anew: then all of it has come since. */
function increase(total: number, before = 0): number {
  return total >= before ? total - before : total;
}

function histogramValue(bounds: readonly number[], values: Float64Array, temporality: Temporality, before?: Float64Array): HistogramValue {
  const counts = Array.from(values.subarray(BUCKETS_AT), (count, i) => count - (before?.[BUCKETS_AT + i] ?? 0));
  const count = counts.reduce((sum, bucket) => sum + bucket, 0);
  const value = { buckets: { boundaries: [...bounds], counts }, sum: (values[SUM_AT] as number) - (before?.[SUM_AT] ?? 0), count };
  return temporality === 'delta' || count === 0 ? value : { ...value, min: values[MIN_AT] as number, max: values[MAX_AT] as number };
}

/** To the microsecond, which is as fine as a double of today's Unix time. */
function hrTime(unixSeconds: number): HrTime {
  const microseconds = Math.round(unixSeconds * 1e6);
  return [Math.floor(microseconds / 1e6), (microseconds % 1e6) * 1000];
}
