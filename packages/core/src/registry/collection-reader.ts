import type { Snapshot } from './snapshot.ts';

interface Source {
  readonly collect: () => Snapshot;
  readonly close: () => void;
}

/**
 * Takes snapshots of a registry for one destination. A registry keeps the series of an ended run until every open reader has had its final
 * values, so close a reader that is no longer used.
 */
export class CollectionReader {
  readonly #source: Source;
  /** The number of the collection in which this reader last took part; 0 before the first. Set by the registry. */
  lastCollection = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  /** Runs the `onCollect` callbacks and copies every value. */
  collect(): Snapshot {
    return this.#source.collect();
  }

  close(): void {
    this.#source.close();
  }
}
