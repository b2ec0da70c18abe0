/** The same numbers in every run (xorshift64). */
export class PseudoRandom {
  #state: bigint;
  readonly #word = new BigUint64Array(1);
  readonly #double = new Float64Array(this.#word.buffer);

  constructor(seed: number) {
    this.#state = BigInt(seed) + 0x9e3779b97f4a7c15n;
  }

  /** A finite number ≥ 0, of any magnitude with equal chance. */
  double(): number {
    do this.#word[0] = this.#next() >> 1n;
    while (!Number.isFinite(this.#double[0]));
    return this.#double[0] as number;
  }

  /** From 0 to below 1. */
  fraction(): number {
    return Number(this.#next() >> 11n) / 2 ** 53;
  }

  #next(): bigint {
    this.#state ^= BigInt.asUintN(64, this.#state << 13n);
    this.#state ^= this.#state >> 7n;
    this.#state = BigInt.asUintN(64, this.#state ^ (this.#state << 17n));
    return this.#state;
  }
}
