import type { Producer } from '../src/index.ts';
import type { HistogramValue, HrTime, MetricData } from '../src/otel-metric-data.ts';
import { BEGAN_UNIX_SECONDS } from './fake-clock.ts';

export interface Point {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly value: number | HistogramValue;
  /** From the beginning of the fake clock to the start of the point. */
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** All metrics of one collection, by name as exported. */
export async function collect(producer: Producer): Promise<ReadonlyMap<string, MetricData>> {
  const { resourceMetrics } = await producer.collect();
  const metrics: readonly MetricData[] = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
  return new Map(metrics.map((metric) => [metric.descriptor.name, metric]));
}

/** The points of a metric in the next collection. */
export async function collectPoints(producer: Producer, { name }: { readonly name: string }): Promise<Point[]> {
  return toPoints((await collect(producer)).get(name));
}

/** The points of a metric, none where it is missing. */
export function toPoints(metric: MetricData | undefined): Point[] {
  return (metric?.dataPoints ?? []).map(({ attributes, value, startTime, endTime }) => ({
    attributes,
    value,
    startSeconds: sinceBegin(startTime),
    endSeconds: sinceBegin(endTime),
  }));
}

/** The values of a metric in the next collection. */
export async function collectValues(producer: Producer, metric: { readonly name: string }): Promise<(number | HistogramValue)[]> {
  return (await collectPoints(producer, metric)).map(({ value }) => value);
}

/** `modelmeter.dropped` in the next collection, without the reasons that have not occurred. */
export async function collectDropped(producer: Producer): Promise<Record<string, number>> {
  const points = await collectPoints(producer, { name: 'modelmeter.dropped' });
  return Object.fromEntries(points.filter(({ value }) => value !== 0).map(({ attributes, value }) => [attributes['reason'], value]));
}

function sinceBegin([seconds, nanoseconds]: HrTime): number {
  return seconds - BEGAN_UNIX_SECONDS + nanoseconds / 1e9;
}
