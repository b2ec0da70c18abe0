import { BucketIndex } from './bucket-index.ts';

interface Shared {
  readonly index: BucketIndex;
  users: number;
}

/** The bucket indexes of a registry: one for each list of bounds, as long as a metric or a series has it. */
export class BucketIndexes {
  readonly #shared = new Map<string, Shared>();

  take(bounds: readonly number[]): BucketIndex {
    const key = String(bounds);
    let shared = this.#shared.get(key);
    if (!shared) this.#shared.set(key, (shared = { index: new BucketIndex(bounds), users: 0 }));
    shared.users++;
    return shared.index;
  }

  /** Gives back what one `take` gave. */
  release({ bounds }: BucketIndex): void {
    const key = String(bounds);
    const shared = this.#shared.get(key);
    if (shared && --shared.users === 0) this.#shared.delete(key);
  }
}
