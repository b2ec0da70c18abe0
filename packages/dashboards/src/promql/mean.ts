import { sum } from './aggregate.ts';
import { above, divide } from './operators.ts';
import { rate } from './over-time.ts';
import { countOf, type HistogramDefinition, type LabelsOf, sumOf, type Where } from './select.ts';
import type { Vector } from './vector.ts';

/** The mean of what a histogram has recorded of late; where it recorded nothing there is none. */
export function mean<const D extends HistogramDefinition, const B extends LabelsOf<D> = never>(
  definition: D,
  by: readonly B[] = [],
  where?: Where<D>,
  over?: string,
): Vector<B> {
  return divide(sum(rate(sumOf(definition, where), over), by), above(sum(rate(countOf(definition, where), over), by), 0));
}
