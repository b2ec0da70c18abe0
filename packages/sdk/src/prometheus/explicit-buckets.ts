import type { ExponentialHistogram, Histogram } from '@opentelemetry/sdk-metrics';

/** The buckets of a histogram as the page has them. */
export interface ExplicitBuckets {
  /** Upper bounds, inclusive, finite and ascending; a last bucket up to +Inf follows. */
  readonly bounds: readonly number[];
  /** How many values fell in each bucket; one more than bounds. */
  readonly counts: readonly number[];
}

/** The buckets of an SDK's histogram: its own where they are in order, which an SDK does not insist on. */
export function explicitBuckets({ buckets: { boundaries, counts } }: Histogram): ExplicitBuckets {
  const isInOrder = boundaries.every((bound, i) => Number.isFinite(bound) && bound > (boundaries[i - 1] ?? -Infinity));
  return isInOrder ? { bounds: boundaries, counts } : collectBuckets(counts.map((count, i) => [boundaries[i] ?? Infinity, count]));
}

/**
 * The buckets of an exponential histogram: the bounds that its scale gives from the lowest bucket in use to the highest, and 0. The bounds of a
 * lower scale are among those of a higher one, so the series that stay when a histogram widens go on.
 */
export function exponentialBuckets({ scale, zeroCount, positive, negative }: ExponentialHistogram): ExplicitBuckets {
  const power = (index: number) => 2 ** (index * 2 ** -scale);
  const above = positive.bucketCounts.map((count, i): Bucket => [power(positive.offset + i + 1), count]);
  // Bucket i of the negative ones holds the values from -power(i + 1) to -power(i).
  const below = negative.bucketCounts.map((count, i): Bucket => [-power(negative.offset + i), count]).reverse();
  const floor: Bucket[] = above.length > 0 ? [[power(positive.offset), 0]] : [];
  return collectBuckets([...below, [0, zeroCount], ...floor, ...above]);
}

type Bucket = readonly [bound: number, count: number];

/** What a bucket holds whose bound is infinite or not above the one before goes to the next one. */
function collectBuckets(buckets: readonly Bucket[]): ExplicitBuckets {
  const bounds: number[] = [];
  const counts: number[] = [];
  let waiting = 0;
  for (const [bound, count] of buckets) {
    waiting += count;
    if (!Number.isFinite(bound) || bound <= (bounds.at(-1) ?? -Infinity)) continue;
    bounds.push(bound);
    counts.push(waiting);
    waiting = 0;
  }
  return { bounds, counts: [...counts, waiting] };
}
