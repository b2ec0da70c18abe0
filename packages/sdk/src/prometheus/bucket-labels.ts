import { bucketBound } from './bucket-bound.ts';
import type { ExpositionFormat } from './exposition-format.ts';

/** The ends of a histogram's `_bucket` lines up to the value, such as `le="0.5"}`, as bytes. */
export interface BucketLabels {
  readonly texts: readonly Uint8Array[];
  /** Of all texts together. */
  readonly byteLength: number;
}

const known: Readonly<Record<ExpositionFormat, WeakMap<readonly number[], BucketLabels>>> = {
  text: new WeakMap(),
  openmetrics: new WeakMap(),
};

/**
 * The bucket labels of bounds, made once for each array.
 * @param bounds finite and ascending; `+Inf` is added.
 */
export function bucketLabels(bounds: readonly number[], format: ExpositionFormat): BucketLabels {
  let labels = known[format].get(bounds);
  if (!labels) {
    const texts = [...bounds, Infinity].map((bound) => Buffer.from(`le="${bucketBound(bound, format)}"}`));
    labels = { texts, byteLength: texts.reduce((sum, text) => sum + text.length, 0) };
    known[format].set(bounds, labels);
  }
  return labels;
}
