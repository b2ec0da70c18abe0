/** Counts by a key that has parts. */
export class Counted<Key extends Readonly<Record<string, string>>> {
  readonly #counts = new Map<string, number>();

  add(key: Key, count = 1): void {
    const text = JSON.stringify(key);
    this.#counts.set(text, (this.#counts.get(text) ?? 0) + count);
  }

  all(): (Key & { readonly count: number })[] {
    return [...this.#counts].map(([text, count]) => ({ ...(JSON.parse(text) as Key), count }));
  }
}
