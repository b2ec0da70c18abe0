import { BUCKETS_AT, MAX_AT, MIN_AT, type Series } from './registry/series.ts';

/** What came since the last collection. */
interface Increase {
  readonly sinceUnixSeconds: number;
  /** Laid out as those of the series; the interval's own extremes are not known and NaN. */
  readonly values: Float64Array;
}

/** Remembers what one reader has been told of each series. */
export interface Increases {
  /** What is new in the values of a series. */
  take(series: Series, unixSeconds: number, totals: Float64Array): Increase;
}

/** Counters and histograms tell what came since the last collection: pass it to `registry.producer`. */
export function deltaTemporality(): Increases {
  const told = new WeakMap<Series, { readonly unixSeconds: number; readonly totals: Float64Array }>();
  return {
    take(series, unixSeconds, totals) {
      const before = told.get(series);
      told.set(series, { unixSeconds, totals });
      return { sinceUnixSeconds: before?.unixSeconds ?? series.startUnixSeconds, values: increase(totals, before?.totals) };
    },
  };
}

function increase(totals: Float64Array, before: Float64Array | undefined): Float64Array {
  // A total that is observed elsewhere falls where it begins anew: then all of it has come since.
  const values = totals.map((total, place) => (before && total >= (before[place] as number) ? total - (before[place] as number) : total));
  if (values.length > BUCKETS_AT) values.fill(NaN, MIN_AT, MAX_AT + 1);
  return values;
}
