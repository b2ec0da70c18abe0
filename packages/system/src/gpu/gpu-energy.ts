import type { GpuReading } from './gpu-reading.ts';

/** Adds up the energy of a GPU from its power, which nvidia-smi averages over a second on newer GPUs; it is off by what happens between readings. */
export class GpuEnergy {
  readonly #maxGapSeconds: number;
  #joules: number | undefined;
  #last: GpuReading | undefined;

  /** @param maxGapSeconds nothing is added for a longer time between readings. */
  constructor(maxGapSeconds: number) {
    this.#maxGapSeconds = maxGapSeconds;
  }

  /** @returns the joules since the first reading that told the power; undefined where the power is not known. */
  add(reading: GpuReading): number | undefined {
    const last = this.#last;
    this.#last = reading;
    if (reading.watts === undefined) return undefined;
    this.#joules ??= 0;
    const seconds = ((reading.atMilliseconds ?? NaN) - (last?.atMilliseconds ?? NaN)) / 1000;
    if (last?.watts !== undefined && seconds > 0 && seconds <= this.#maxGapSeconds)
      this.#joules += ((last.watts + reading.watts) / 2) * seconds;
    return this.#joules;
  }
}
