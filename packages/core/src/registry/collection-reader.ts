import type { Snapshot } from './snapshot.ts';

/**
 * Takes snapshots of a registry for one destination. A registry keeps the series of an ended run until every open reader has had its final
 * values, so close a reader that is no longer used.
 */
export interface CollectionReader {
  /** The number of the collection in which this reader last took part; 0 before the first. Set by the registry. */
  lastCollection: number;
  /** Runs the `onCollect` callbacks and copies every value. */
  collect(): Snapshot;
  close(): void;
}
