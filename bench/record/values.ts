/** Fifteen bounds from 0.1 ms to 10 s. */
export const BOUNDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] as const;

/** The labels of a series with three. */
export const LABELS = { model: 'digits', stage: 'train', zone: 'eu-west-1' } as const;

/** Turns any count into an index of {@link ones} or {@link durations}. */
export const MASK = 4095;

/** Amounts that add up to how often a counter was added to; from memory, so that the compiler does not know them. */
export const ones: Float64Array = new Float64Array(MASK + 1).fill(1);

/** Durations in seconds from below the first bound to above the last, each magnitude as often as another, in an order without a pattern. */
export const durations: Float64Array = pseudoRandomDurations();

/** The same in every run. */
function pseudoRandomDurations(): Float64Array {
  let state = 0x2545f491;
  return Float64Array.from({ length: MASK + 1 }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return 0.00005 * 400_000 ** ((state >>> 0) / 2 ** 32);
  });
}
