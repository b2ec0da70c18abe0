import { checkFunction } from './check-option.ts';

/** Samples of a call: a number, what a function of its arguments returns, or `false` where nobody knows. */
export type BatchSize<Args extends readonly unknown[]> = number | false | ((...args: Args) => number | undefined);

type SamplesOf = (...args: readonly unknown[]) => number | undefined;

/** @throws TypeError or RangeError that names the option and its value. */
export function readBatchSize(batchSize: BatchSize<readonly unknown[]> = firstDimension): SamplesOf {
  if (batchSize === false) return () => undefined;
  if (typeof batchSize === 'number') {
    if (!(batchSize >= 0 && batchSize < Infinity)) throw new RangeError(`batchSize is ${batchSize}, not a number ≥ 0`);
    return () => batchSize;
  }
  checkFunction('batchSize', batchSize);
  return batchSize;
}

/** The first dimension of the first argument that is a tensor: an object with a `shape`, or with the `dims` of onnxruntime. */
function firstDimension(...args: readonly unknown[]): number | undefined {
  for (let i = 0; i < args.length; i++) {
    const value = args[i];
    if (typeof value !== 'object' || value === null) continue;
    const { shape, dims } = value as { readonly shape?: unknown; readonly dims?: unknown };
    const dimensions = shape ?? dims;
    const first: unknown = Array.isArray(dimensions) ? dimensions[0] : undefined;
    if (typeof first === 'number') return first;
  }
  return undefined;
}
