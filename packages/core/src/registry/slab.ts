const CHUNK_LENGTH = 4096;

/** Where the numbers of one series lie: `width` doubles of a chunk, from `offset`. */
export interface Slot {
  readonly chunk: number;
  readonly offset: number;
  readonly width: number;
}

/**
 * All numbers of a registry, in chunks of doubles that never move. A reader copies the chunks to get every value of one moment; freed slots
 * are used again for series of the same width, so memory follows the number of live series.
 */
export class Slab {
  readonly #chunks: Float64Array[] = [];
  readonly #freeByWidth = new Map<number, Slot[]>();
  #used = CHUNK_LENGTH;

  allocate(width: number): Slot {
    return this.#freeByWidth.get(width)?.pop() ?? this.#append(width);
  }

  free(slot: Slot): void {
    const free = this.#freeByWidth.get(slot.width);
    if (free) free.push(slot);
    else this.#freeByWidth.set(slot.width, [slot]);
  }

  chunk(slot: Slot): Float64Array {
    return this.#chunks[slot.chunk] as Float64Array;
  }

  /** A copy of every chunk. */
  copy(): Float64Array[] {
    return this.#chunks.map((chunk) => chunk.slice());
  }

  #append(width: number): Slot {
    if (this.#used + width > (this.#chunks.at(-1)?.length ?? 0)) {
      this.#chunks.push(new Float64Array(Math.max(CHUNK_LENGTH, width)));
      this.#used = 0;
    }
    const slot = { chunk: this.#chunks.length - 1, offset: this.#used, width };
    this.#used += width;
    return slot;
  }
}
