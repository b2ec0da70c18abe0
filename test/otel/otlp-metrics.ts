import { decodeProtobuf } from './protobuf.ts';
import { metricsRequest } from './otlp-schema.ts';

/** A metric as it arrived, whatever the encoding. */
export interface ReceivedMetric {
  readonly scope: string;
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly kind: 'gauge' | 'counter' | 'updowncounter' | 'histogram';
  /** Undefined for gauges, which have none. */
  readonly temporality: 'delta' | 'cumulative' | undefined;
  readonly points: readonly ReceivedPoint[];
}

export interface ReceivedPoint {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly startSeconds: number;
  readonly seconds: number;
  /** A number, or a histogram's `{ count, sum, bounds, buckets, min?, max? }`. */
  readonly value: unknown;
}

/** The metrics of one export request's body. */
export function readOtlp(body: Buffer, contentType: string | undefined): ReceivedMetric[] {
  const request = (contentType === 'application/json' ? JSON.parse(body.toString()) : decodeProtobuf(body, metricsRequest)) as OtlpRequest;
  return (request.resourceMetrics ?? []).flatMap(({ scopeMetrics = [] }) =>
    scopeMetrics.flatMap(({ scope, metrics = [] }) => metrics.map((metric) => received(scope?.name ?? '', metric))),
  );
}

const TEMPORALITIES = [undefined, 'delta', 'cumulative'] as const;

function received(scope: string, metric: OtlpMetric): ReceivedMetric {
  const { name, unit = '', description = '', gauge, sum, histogram } = metric;
  const kind = gauge ? 'gauge' : histogram ? 'histogram' : sum?.isMonotonic ? 'counter' : 'updowncounter';
  const data = gauge ?? sum ?? histogram;
  return {
    scope,
    name,
    unit,
    description,
    kind,
    temporality: TEMPORALITIES[data?.aggregationTemporality ?? 0],
    points: (data?.dataPoints ?? []).map((point) => ({
      attributes: Object.fromEntries((point.attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0]])),
      startSeconds: Number(point.startTimeUnixNano) / 1e9,
      seconds: Number(point.timeUnixNano) / 1e9,
      value: histogram ? histogramValue(point) : (point.asDouble ?? Number(point.asInt)),
    })),
  };
}

function histogramValue({ count, sum, explicitBounds = [], bucketCounts = [], min, max }: OtlpPoint) {
  const extremes = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  return { count: Number(count), sum, bounds: explicitBounds, buckets: bucketCounts.map(Number), ...extremes };
}

interface OtlpPoint {
  attributes?: { key: string; value: Record<string, unknown> }[];
  startTimeUnixNano: string | number;
  timeUnixNano: string | number;
  asDouble?: number;
  asInt?: string | number;
  count?: string | number;
  sum?: number;
  explicitBounds?: number[];
  bucketCounts?: (string | number)[];
  min?: number;
  max?: number;
}

interface OtlpData {
  dataPoints?: OtlpPoint[];
  aggregationTemporality?: number;
  isMonotonic?: boolean | number;
}

interface OtlpMetric {
  name: string;
  unit?: string;
  description?: string;
  gauge?: OtlpData;
  sum?: OtlpData;
  histogram?: OtlpData;
}

interface OtlpRequest {
  resourceMetrics?: { scopeMetrics?: { scope?: { name?: string }; metrics?: OtlpMetric[] }[] }[];
}
