export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The samples of a Prometheus text page, by name. */
export class MetricsPage {
  readonly #samples = new Map<string, Sample[]>();

  constructor(text: string) {
    for (const line of text.split('\n')) {
      const match = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line);
      if (!match) continue;
      const [, name = '', labels = '', value = ''] = match;
      const samples = this.#samples.get(name) ?? [];
      this.#samples.set(name, [...samples, { labels: readLabels(labels), value: Number(value.replace('Inf', 'Infinity')) }]);
    }
  }

  /** The samples that have all of these labels. */
  samples(name: string, labels: Readonly<Record<string, string>> = {}): readonly Sample[] {
    const matches = (sample: Sample) => Object.entries(labels).every(([key, value]) => sample.labels[key] === value);
    return (this.#samples.get(name) ?? []).filter(matches);
  }

  /** The value of the first of them; NaN where there is none. */
  value(name: string, labels: Readonly<Record<string, string>> = {}): number {
    return this.samples(name, labels)[0]?.value ?? NaN;
  }

  /** The sum of all of them. */
  sum(name: string, labels: Readonly<Record<string, string>> = {}): number {
    return this.samples(name, labels).reduce((sum, { value }) => sum + value, 0);
  }

  /** A quantile of all histograms together that have these labels, interpolated within its bucket as Prometheus's `histogram_quantile` does. */
  quantile(name: string, q: number, labels: Readonly<Record<string, string>> = {}): number {
    const counts = new Map<number, number>();
    for (const sample of this.samples(`${name}_bucket`, labels)) {
      const bound = Number(sample.labels['le']?.replace('+Inf', 'Infinity'));
      counts.set(bound, (counts.get(bound) ?? 0) + sample.value);
    }
    const buckets = Array.from(counts, ([bound, count]) => ({ bound, count })).sort((a, b) => a.bound - b.bound);
    const rank = q * (buckets.at(-1)?.count ?? NaN);
    const at = buckets.findIndex(({ count }) => count >= rank);
    const bucket = buckets[at];
    if (!bucket || rank === 0) return NaN;
    const lower = buckets[at - 1] ?? { bound: 0, count: 0 };
    if (bucket.bound === Infinity) return lower.bound;
    return lower.bound + ((bucket.bound - lower.bound) * (rank - lower.count)) / (bucket.count - lower.count);
  }
}

function readLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [, key = '', value = ''] of text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)) {
    labels[key] = value.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
  }
  return labels;
}
