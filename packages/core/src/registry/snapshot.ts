import type { MetricDefinition } from '../definitions/definition.ts';
import type { Family } from './family.ts';
import type { Series } from './series.ts';

/** One metric in a snapshot. */
export interface FamilySnapshot {
  readonly definition: MetricDefinition;
  readonly series: readonly Series[];
}

/** Every value of a registry at one moment. */
export class Snapshot {
  readonly unixSeconds: number;
  readonly families: readonly FamilySnapshot[];
  readonly #chunks: readonly Float64Array[];

  constructor(unixSeconds: number, families: Iterable<Family>, chunks: readonly Float64Array[]) {
    this.unixSeconds = unixSeconds;
    this.families = Array.from(families, ({ definition, series }) => ({ definition, series: [...series.values()] }));
    this.#chunks = chunks;
  }

  /** The number at a place of the slot of a series. */
  read({ slot: { chunk, offset } }: Series, place: number): number {
    return (this.#chunks[chunk] as Float64Array)[offset + place] as number;
  }

  /** The numbers of a series, laid out as its class says; a view, valid as long as the snapshot. */
  valuesOf({ slot: { chunk, offset, width } }: Series): Float64Array {
    return (this.#chunks[chunk] as Float64Array).subarray(offset, offset + width);
  }
}
