import type { MetricDefinition } from '../definitions/definition.ts';

/** Ends a series: it is not exported any more, what is recorded on it goes nowhere, and the next `bind` begins it anew. */
interface Removable {
  remove(): void;
}

/** A counter of one attribute set. It is exported from `bind` on, at 0. */
export interface BoundCounter extends Removable {
  /** Adds a finite amount ≥ 0, 1 by default; anything else is kept out and counted in `modelmeter.dropped`. Never throws. */
  add(amount?: number): void;
  /** Sets the total, for counts that are kept elsewhere and read in `onCollect`. */
  observe(total: number): void;
}

/** A sum of one attribute set that also goes down. It is exported from `bind` on, at 0. */
export interface BoundUpDownCounter extends Removable {
  /** Adds a finite amount, which may be negative; anything else is kept out and counted in `modelmeter.dropped`. Never throws. */
  add(amount: number): void;
  /** Sets the sum, for values that are kept elsewhere and read in `onCollect`. */
  observe(total: number): void;
}

/** The last value of one attribute set. It is absent until first set. */
export interface BoundGauge extends Removable {
  /** Sets a finite value; any other leaves the last one standing and is counted in `modelmeter.dropped`. Never throws. */
  set(value: number): void;
  /** Makes the value unknown: absent until set again. */
  clear(): void;
}

/** A histogram of one attribute set, with sum, minimum and maximum. It is exported from `bind` on, with count 0. */
export interface BoundHistogram extends Removable {
  /** Records a finite value ≥ 0, in the unit of the definition; anything else is kept out and counted in `modelmeter.dropped`. Never throws. */
  record(value: number): void;
}

interface BoundInstruments {
  counter: BoundCounter;
  updowncounter: BoundUpDownCounter;
  gauge: BoundGauge;
  histogram: BoundHistogram;
}

/** What `bind` returns for a definition. */
export type BoundOf<D extends MetricDefinition> = BoundInstruments[D['instrument']];

/** What `bind` takes beside attributes. */
export interface BindOptions<D extends MetricDefinition> {
  /**
   * Upper bounds of the buckets of this attribute set, where those of its metric do not suit it: inclusive, finite, ≥ 0 and ascending. The same
   * set keeps its bounds as long as its series is there: bound with others, `bind` throws; bound without any, it is the series that it is. The
   * overflow series has the bounds of the metric; a series of `_OTHER` has those that it was first bound with. Histograms only.
   * @default those of the registry's option `bounds`, else of the definition
   */
  readonly bounds?: D['instrument'] extends 'histogram' ? readonly number[] : never;
}
