import type { TensorLike } from '../tf-like.ts';

/**
 * The square of the Euclidean norm of a step's gradients as a scalar, from what tfjs hands `applyGradients`: tensors by name, or a list of names and
 * tensors. Inside tfjs's own `tidy`, so `keep` what it returns. Undefined where there are none.
 */
export function squaredGradientNorm(gradients: unknown): TensorLike | undefined {
  const tensors = (
    Array.isArray(gradients) ? gradients.map(({ tensor }: { tensor: unknown }) => tensor) : Object.values(gradients ?? {})
  ) as (TensorLike | null | undefined)[];
  const squares = tensors.filter((tensor) => tensor != null).map((tensor) => tensor.square().sum());
  return squares.length === 0 ? undefined : squares.reduce((sum, square) => sum.add(square));
}
