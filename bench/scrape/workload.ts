import { defineMetric, openAttribute } from '@modelmeter/core';

export const BOUNDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] as const;
/** Buckets, that to +Inf among them, sum and count. */
const LINES_PER_HISTOGRAM = BOUNDS.length + 3;
const SERIES_PER_METRIC = 250;

const attributes = [
  openAttribute({ key: 'bench.model' }),
  openAttribute({ key: 'bench.route' }),
  openAttribute({ key: 'bench.zone' }),
] as const;

/** A metric and the attributes of each of its series. */
export interface MetricPlan<D> {
  readonly definition: D;
  readonly series: readonly { readonly 'bench.model': string; readonly 'bench.route': string; readonly 'bench.zone': string }[];
}

const facts = { attributes, description: 'A metric of the benchmark.', stability: 'development' } as const;
const histogram = (name: string) =>
  defineMetric({ ...facts, name: `bench.duration.${name}`, instrument: 'histogram', unit: 's', bounds: BOUNDS });
const counter = (name: string) => defineMetric({ ...facts, name: `bench.requests.${name}`, instrument: 'counter', unit: '{request}' });
const gauge = (name: string) => defineMetric({ ...facts, name: `bench.level.${name}`, instrument: 'gauge', unit: '' });

/** The series of a page of so many lines: half of the lines come from histograms, a quarter each from counters and gauges. */
export function workload(lines: number) {
  return {
    histograms: plan(Math.round(lines / 2 / LINES_PER_HISTOGRAM), histogram),
    counters: plan(Math.round(lines / 4), counter),
    gauges: plan(Math.round(lines / 4), gauge),
  };
}

export type Workload = ReturnType<typeof workload>;

function plan<D>(count: number, define: (name: string) => D): readonly MetricPlan<D>[] {
  return Array.from({ length: Math.ceil(count / SERIES_PER_METRIC) }, (_, metric) => ({
    definition: define(`m${metric}`),
    series: Array.from({ length: Math.min(SERIES_PER_METRIC, count - metric * SERIES_PER_METRIC) }, (_, i) => ({
      'bench.model': `model-${i % 8}`,
      'bench.route': `/v1/items/${i}`,
      'bench.zone': 'eu-west-1',
    })),
  }));
}

/** What the gauge of a place among all gauges is set to in an update: a fraction with all its digits. */
export function level(series: number, update: number): number {
  return ((series + 1) * update * 0.618033988749895) % 1;
}

/** What a histogram records in an update, in seconds; over time in all buckets. */
export function duration(series: number, update: number): number {
  return 0.00005 * 400_000 ** level(series, update);
}
