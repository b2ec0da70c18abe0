/**
 * How many numbers the weights of a model are: those of its layers, or the constants of its graph. Undefined where the model does not tell, as a
 * SavedModel, or has none yet. Counted from the weights, because `countParams` builds a Sequential that is not built.
 */
export function modelParameters(model: object): number | undefined {
  try {
    const { weights } = model as { readonly weights?: unknown };
    if (typeof weights !== 'object' || weights === null) return undefined;
    // A GraphModel has lists of tensors by name.
    const variables = Object.values(weights).flat() as { readonly shape: readonly number[] }[];
    const count = variables.reduce((sum, { shape }) => sum + shape.reduce((size, dimension) => size * dimension, 1), 0);
    return count > 0 ? count : undefined;
  } catch {
    // The weights of a model that is not built, or has been disposed of, may be out of reach.
    return undefined;
  }
}
