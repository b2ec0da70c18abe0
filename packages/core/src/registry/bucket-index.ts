const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const HIGH_WORD = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;
const CELL_SHIFT = 17;
/** Leaves the sign out, so that -0 is 0. */
const CELL_MASK = 0x3fff;

/** Exponent and first three mantissa bits of a value ≥ 0: eight cells an octave, in the order of the values. */
function cellOf(value: number): number {
  double[0] = value;
  return ((words[HIGH_WORD] as number) >>> CELL_SHIFT) & CELL_MASK;
}

const indexes = new WeakMap<readonly number[], BucketIndex>();

/** The index of a list of bounds: one, however many metrics and series have the list. */
export function bucketIndexOf(bounds: readonly number[]): BucketIndex {
  let index = indexes.get(bounds);
  if (!index) indexes.set(bounds, (index = new BucketIndex(bounds)));
  return index;
}

/**
 * Finds the bucket of a value in constant time: the value's floating-point bits name a cell, a table gives the first bucket of the cell, and
 * bounds within the cell (seldom more than one) are compared.
 */
export class BucketIndex {
  readonly bounds: readonly number[];
  /** With +Infinity, the bound of the last bucket, at the end. */
  readonly #bounds: Float64Array;
  readonly #firstCell: number;
  readonly #firstBucketOfCell: Uint16Array;

  /** @param bounds ascending, finite and ≥ 0; bucket `i` holds values ≤ `bounds[i]` and above the bound before. */
  constructor(bounds: readonly number[]) {
    this.bounds = [...bounds];
    this.#bounds = Float64Array.of(...bounds, Infinity);
    this.#firstCell = bounds.length > 0 ? cellOf(bounds[0] as number) : 0;
    const lastCell = bounds.length > 0 ? cellOf(bounds.at(-1) as number) : -1;
    this.#firstBucketOfCell = new Uint16Array(Math.max(0, lastCell - this.#firstCell + 1));
    let bucket = 0;
    for (let cell = this.#firstCell; cell <= lastCell; cell++) {
      while (cellOf(bounds[bucket] as number) < cell) bucket++;
      this.#firstBucketOfCell[cell - this.#firstCell] = bucket;
    }
  }

  /** The bucket of a finite value ≥ 0, from 0 to the number of bounds. */
  of(value: number): number {
    const bounds = this.#bounds;
    const cell = cellOf(value) - this.#firstCell;
    if (cell < 0) return 0;
    if (cell >= this.#firstBucketOfCell.length) return bounds.length - 1;
    let bucket = this.#firstBucketOfCell[cell] as number;
    while (value > (bounds[bucket] as number)) bucket++;
    return bucket;
  }
}
