const double = new DataView(new ArrayBuffer(8));
const CELL_SHIFT = 17;
/** Leaves the sign out, so that -0 is 0. */
const CELL_MASK = 0x3fff;

/** Exponent and first three mantissa bits of a value ≥ 0: eight cells an octave, in the order of the values. */
function cellOf(value: number): number {
  double.setFloat64(0, value);
  return (double.getUint32(0) >>> CELL_SHIFT) & CELL_MASK;
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
    this.#firstCell = cellOf(this.#bounds[0] as number);
    this.#firstBucketOfCell = new Uint16Array(cellOf(bounds.at(-1) ?? Infinity) - this.#firstCell + 1);
    let bucket = 0;
    this.#firstBucketOfCell.forEach((_, cell) => {
      while (cellOf(this.#bounds[bucket] as number) < this.#firstCell + cell) bucket++;
      this.#firstBucketOfCell[cell] = bucket;
    });
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
