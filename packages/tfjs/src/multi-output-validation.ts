/**
 * Under which key of the epoch logs a value really stands; undefined where tfjs lost it.
 *
 * tfjs-layers 4.22 labels the validation values of a model with several outputs wrongly (training.ts:1404-1424 against 1734-1739): its test
 * function returns one running total for each output and then every loss and metric, and the labels of the training values are laid over that.
 * With n outputs and labels L[0..M], the total stands under L[n-1], the value of L[i+1] under L[n+i], and the last n-1 values are not there.
 */
export function trueValidationKeys(keys: readonly string[], outputs: number): (key: string) => string | undefined {
  if (outputs < 2) return (key) => key;
  const labels = keys.filter((key) => !key.startsWith('val_'));
  return (key) => {
    if (!key.startsWith('val_')) return key;
    const position = labels.indexOf(key.slice('val_'.length));
    const label = labels[position === 0 ? outputs - 1 : outputs + position - 1];
    return position < 0 || label === undefined ? undefined : `val_${label}`;
  };
}
