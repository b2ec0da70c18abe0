/** What a key of tfjs's logs stands for. */
export interface MetricLabel {
  readonly split: 'train' | 'validation';
  readonly kind: 'loss' | 'accuracy' | 'metric';
  /** Canonical name: `loss`, `accuracy`, or the compiled metric's own. */
  readonly name: string;
  /** Output of a multi-output model. */
  readonly output?: string;
}

const VALIDATION_PREFIX = 'val_';
const ACCURACIES = /^(accuracy|(binary|categorical|sparseCategorical)Accuracy)$/;

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
    const split = key.startsWith(VALIDATION_PREFIX) ? 'validation' : 'train';
    const rest = split === 'validation' ? key.slice(VALIDATION_PREFIX.length) : key;
    const output = outputs.find((name) => rest.startsWith(`${name}_`));
    const name = canonicalName(output === undefined ? rest : rest.slice(output.length + 1), positions[split]++);
    const place = `${split}/${output ?? ''}`;
    const isAccuracy = ACCURACIES.test(name) && !withAccuracy.has(place);
    if (isAccuracy) withAccuracy.add(place);
    const kind = name === 'loss' ? 'loss' : isAccuracy ? 'accuracy' : 'metric';
    labels.set(key, { split, kind, name: isAccuracy ? 'accuracy' : name, ...(output === undefined ? {} : { output }) });
  }
  return labels;
}

/** The key that is called `name`: itself, or a canonical name such as `val_accuracy` for `val_acc`; `acc` is short for `accuracy`. */
export function keyOf(name: string, labels: ReadonlyMap<string, MetricLabel>): string | undefined {
  if (labels.has(name)) return name;
  const wanted = name.replace(/(^|_)acc(?=_\d+$|$)/, '$1accuracy');
  for (const [key, label] of labels) {
    const prefix = label.split === 'validation' ? VALIDATION_PREFIX : '';
    if (prefix + (label.output === undefined ? '' : `${label.output}_`) + label.name === wanted) return key;
  }
  return undefined;
}

/** tfjs says `acc` for accuracy, numbers duplicates, and has no name for an anonymous function. */
function canonicalName(name: string, position: number): string {
  if (name === '') return `custom_${position}`;
  return name.replace(/^acc(?=_\d+$|$)/, 'accuracy');
}
