import type { ScalarLike, TfLike } from '../tf-like.ts';

/** What measuring a model needs of a namespace: @tensorflow/tfjs-core has it, so have @tensorflow/tfjs and tfjs-node. */
export type TfOfModels = Pick<TfLike, 'engine' | 'getBackend' | 'memory' | 'keep'>;

/** A model with methods to call: a `LayersModel` or `Sequential`, a `GraphModel`, a SavedModel of tfjs-node, of whichever copy of tfjs. */
export interface CallableModel {
  // Their types are each tfjs's own: `never` goes with all of them.
  predict(...args: never[]): unknown;
}

/** A tensor that a call returns. */
export interface ReturnedTensor extends ScalarLike {
  /** Greater for each tensor than for those made before. */
  readonly id: number;
}

/** The tensors in what a method of a model returns: one, a list, or some by name. */
export function tensorsIn(returned: unknown): ReturnedTensor[] {
  if (typeof returned !== 'object' || returned === null) return [];
  const candidates = isTensor(returned) ? [returned] : (Object.values(returned) as unknown[]);
  // The same tensor may be there under two names.
  return [...new Set(candidates.filter(isTensor))].filter((tensor) => !tensor.isDisposed);
}

function isTensor(value: unknown): value is ReturnedTensor {
  return typeof value === 'object' && value !== null && 'dataId' in value && 'id' in value && 'isDisposed' in value;
}
