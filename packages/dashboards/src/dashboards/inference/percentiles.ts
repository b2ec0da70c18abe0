import { curve, type Legend, type Target } from '../../grafana/target.ts';
import { quantile } from '../../promql/aggregate.ts';
import type { Counter } from '../../promql/vector.ts';

/**
 * Curves of the 50th, 90th and 99th percentile of a histogram. `by` keeps what may have buckets of its own, the model for one: buckets with different
 * bounds do not add up.
 */
export function percentiles<L extends string, const B extends Exclude<L, 'le'>>(
  buckets: Counter<L>,
  by: readonly B[],
  { text }: Legend<NoInfer<B>>,
): Target[] {
  return [0.5, 0.9, 0.99].map((q) => curve(quantile(q, buckets, { by }), { text: `p${100 * q} ${text}` }));
}
