import { prometheusLabel } from '@modelmeter/core';
import { rate } from './over-time.ts';
import { call, type Counter, type Vector } from './vector.ts';

type Aggregation = 'sum' | 'max' | 'min' | 'avg' | 'count';

function aggregation(name: Aggregation) {
  /** Of all series together, or of those that share the values of the given labels. */
  return <L extends string, const B extends L = never>(vector: Vector<L>, by: readonly B[] = []): Vector<B> =>
    call([vector], (scope) => `${name}${by.length > 0 ? ` by (${labelList(by)}) ` : ''}(${vector.render(scope)})`);
}

export const sum = aggregation('sum');
export const max = aggregation('max');
export const min = aggregation('min');
export const average = aggregation('avg');
export const count = aggregation('count');

/** The series with the largest values at each time. */
export function topk<L extends string>(k: number, vector: Vector<L>): Vector<L> {
  return call([vector], (scope) => `topk(${k}, ${vector.render(scope)})`);
}

/** A quantile of what a histogram has recorded of late, from its buckets. */
export function quantile<L extends string, const B extends Exclude<L, 'le'> = never>(
  q: number,
  buckets: Counter<L>,
  { by = [], over }: { readonly by?: readonly B[]; readonly over?: string } = {},
): Vector<B> {
  return call([buckets], (scope) => `histogram_quantile(${q}, ${bucketRates(buckets, { by, over }).render(scope)})`);
}

/** Rates of a histogram's buckets, for a heat map. */
export function bucketRates<L extends string, const B extends Exclude<L, 'le'> = never>(
  buckets: Counter<L>,
  { by = [], over }: { readonly by?: readonly B[]; readonly over?: string | undefined } = {},
): Vector<NoInfer<B> | 'le'> {
  return sum(rate(buckets, over) as Vector, ['le', ...by]);
}

export function labelList(labels: readonly string[]): string {
  return labels.map(prometheusLabel).join(', ');
}
