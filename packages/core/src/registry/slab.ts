const CHUNK_LENGTH = 4096;

/** Where the numbers of one series lie: `width` doubles of a chunk, from `offset`. */
export interface Slot {
  readonly chunk: number;
  readonly offset: number;
  readonly width: number;
  /** All of the chunk. */
  readonly numbers: Float64Array;
}

/**
 * All numbers of a registry, in chunks of doubles that never move. A reader copies the chunks to get every value of one moment; freed slots
 * are used again for series of the same width, so memory follows the number of live series.
 */
export class Slab {
  readonly #chunks: Float64Array[] = [];
  readonly #freeByWidth: Slot[][] = [];
  #used = 0;

  allocate(width: number): Slot {
    return this.#freeByWidth[width]?.pop() ?? this.#append(width);
  }

  free(slot: Slot): void {
    (this.#freeByWidth[slot.width] ??= []).push(slot);
  }

  /** A copy of every chunk. */
  copy(): Float64Array[] {
    return this.#chunks.map((chunk) => chunk.slice());
  }

  #append(width: number): Slot {
    let numbers = this.#chunks.at(-1);
    if (!numbers || this.#used + width > numbers.length) {
      this.#chunks.push((numbers = new Float64Array(Math.max(CHUNK_LENGTH, width))));
      this.#used = 0;
    }
    const slot = { chunk: this.#chunks.length - 1, offset: this.#used, width, numbers };
    this.#used += width;
    return slot;
  }
}
