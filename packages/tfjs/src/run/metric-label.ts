/** What a key of tfjs's logs stands for. */
export interface MetricLabel {
  readonly split: 'train' | 'validation';
  readonly kind: 'loss' | 'accuracy' | 'metric';
  /** Canonical name: `loss`, `accuracy`, or the compiled metric's own. */
  readonly name: string;
  /** Output of a multi-output model. */
  readonly output?: string | undefined;
}

const ACCURACIES = /^(binary|categorical|sparseCategorical)?accuracy$/i;

/**
 * Reads the labels that tfjs gives a fit. Of several accuracies of one output and split the first is `accuracy`, the others are metrics of
 * their own name.
 */
export function readMetricLabels(keys: readonly string[], outputNames: readonly string[] = []): ReadonlyMap<string, MetricLabel> {
  const outputs = outputNames.length > 1 ? [...outputNames].sort((a, b) => b.length - a.length) : [];
  const labels = new Map<string, MetricLabel>();
  const withAccuracy = new Set<string>();
  const positions = { train: 0, validation: 0 };
  for (const key of keys) {
    const rest = key.replace(/^val_/, '');
    const split = rest === key ? 'train' : 'validation';
    const output = outputs.find((name) => rest.startsWith(`${name}_`));
    const position = positions[split]++;
    const own = rest.slice(output === undefined ? 0 : output.length + 1);
    // tfjs says `acc` for accuracy, numbers duplicates, and has no name for an anonymous function.
    const name = own.replace(/^acc(?=_\d+$|$)/, 'accuracy') || `custom_${position}`;
    const place = `${split}/${output ?? ''}`;
    const isAccuracy = ACCURACIES.test(name) && !withAccuracy.has(place);
    if (isAccuracy) withAccuracy.add(place);
    const kind = name === 'loss' ? 'loss' : isAccuracy ? 'accuracy' : 'metric';
    labels.set(key, { split, kind, name: isAccuracy ? 'accuracy' : name, output });
  }
  return labels;
}

/** The key that is called `name`: itself, or a canonical name such as `val_accuracy` for `val_acc`; `acc` is short for `accuracy`. */
export function keyOf(name: string, labels: ReadonlyMap<string, MetricLabel>): string | undefined {
  if (labels.has(name)) return name;
  const wanted = name.replace(/(^|_)acc(?=_\d+$|$)/, '$1accuracy');
  for (const [key, label] of labels) {
    const prefix = label.split === 'validation' ? 'val_' : '';
    if (prefix + (label.output === undefined ? '' : `${label.output}_`) + label.name === wanted) return key;
  }
  return undefined;
}
