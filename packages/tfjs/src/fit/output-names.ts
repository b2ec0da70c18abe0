import type { ModelLike } from '../tf-like.ts';

const LOSS_SUFFIX = '_loss';

/** The outputs of a model. Where the model is not known, the labels of its fit tell: with several outputs, the loss of each comes after the total. */
export function outputNames(model: ModelLike | undefined, labels: readonly string[]): readonly string[] {
  if (model?.outputNames) return model.outputNames;
  const [, ...others] = labels;
  const end = others.findIndex((label) => !label.endsWith(LOSS_SUFFIX) || label.startsWith('val_'));
  const losses = end < 0 ? others : others.slice(0, end);
  return losses.length > 1 ? losses.map((label) => label.slice(0, -LOSS_SUFFIX.length)) : [];
}
