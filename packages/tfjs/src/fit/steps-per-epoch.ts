import type { FitParams } from '../tf-like.ts';

/** Undefined where the dataset decides. */
export function stepsPerEpoch({ samples, batchSize, steps }: FitParams): number | undefined {
  return steps ?? (samples != null && batchSize != null ? Math.ceil(samples / batchSize) : undefined);
}
