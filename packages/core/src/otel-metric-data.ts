import type { Attributes } from '@opentelemetry/api';

// The shapes and enum values of @opentelemetry/sdk-metrics, alike in 2.12 and 3.1, so that a reader of either takes our producer without this
// package importing an SDK.

// oxlint-disable-next-line typescript/no-explicit-any -- types of the SDK, which differ between its versions
type OfSdk = any;

/** `CollectionResult`, as loose as every version of the SDK needs it. */
export interface CollectionResult {
  resourceMetrics: { resource: OfSdk; scopeMetrics: { scope: { name: string; version: string }; metrics: OfSdk[] }[] };
  errors: unknown[];
}

export type HrTime = [seconds: number, nanoseconds: number];

/** `AggregationTemporality`. */
export const DELTA = 0;
export const CUMULATIVE = 1;

/** `DataPointType`. */
export const HISTOGRAM = 0;
export const GAUGE = 2;
export const SUM = 3;

/** `ValueType` of @opentelemetry/api. */
export const DOUBLE = 1;

export interface HistogramValue {
  readonly buckets: { readonly boundaries: number[]; readonly counts: number[] };
  readonly sum: number;
  readonly count: number;
  /** Absent while nothing is recorded, and with delta temporality, where the interval's own extremes are not known. */
  readonly min?: number;
  readonly max?: number;
}

export interface DataPoint<T> {
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly attributes: Attributes;
  readonly value: T;
}

export interface MetricData {
  readonly descriptor: { readonly name: string; readonly description: string; readonly unit: string; readonly valueType: typeof DOUBLE };
  readonly aggregationTemporality: typeof DELTA | typeof CUMULATIVE;
  readonly dataPointType: typeof HISTOGRAM | typeof GAUGE | typeof SUM;
  readonly isMonotonic?: boolean;
  readonly dataPoints: readonly DataPoint<number | HistogramValue>[];
}
