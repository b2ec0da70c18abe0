/**
 * The name of a model as tfjs makes it, without what changes from one instance to the next: `dense_net_2` is `dense_net`, and the inner model
 * of a Sequential, `sequential_3_model`, is `sequential`.
 */
export function stableModelName(name: string | undefined): string {
  return name?.replace(/(_\d+)?(_model)?$/, '') || 'model';
}
