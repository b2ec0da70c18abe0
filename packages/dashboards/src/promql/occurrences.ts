import { above, or, unless } from './operators.ts';
import { before, increase } from './over-time.ts';
import { call, type Counter, type Vector } from './vector.ts';

/**
 * How many events a counter has counted within a range, as whole numbers. `increase` alone extrapolates, and misses what a series had when it was
 * first seen: where that is more, the series was born in the range and its value is the count. Of a process that ran before it was
 * first scraped this counts the earlier events too.
 */
export function occurrences<L extends string>(counter: Counter<L>, over: string): Vector<L> {
  return sinceBirth(
    counter,
    call([counter], (scope) => `round(${increase(counter, over).render(scope)})`),
    over,
  );
}

/** As {@link occurrences}, of what is no number of events, such as seconds: nothing is rounded. */
export function amount<L extends string>(counter: Counter<L>, over: string): Vector<L> {
  return sinceBirth(counter, increase(counter, over), over);
}

function sinceBirth<L extends string>(counter: Counter<L>, grown: Vector<L>, over: string): Vector<L> {
  const born = unless(
    call<L>([counter], (scope) => counter.render(scope)),
    before(counter, over),
  );
  return or(or(above(born, grown), grown), born);
}
