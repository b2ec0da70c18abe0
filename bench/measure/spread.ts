/** What repeated measurements of one thing came to. */
export interface Spread {
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
  readonly least: number;
  readonly most: number;
  readonly measurements: number;
}

export function spreadOf(measured: readonly number[]): Spread {
  if (measured.length === 0) throw new RangeError('measured is empty');
  const sorted = measured.toSorted((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    lowerQuartile: quantile(sorted, 0.25),
    upperQuartile: quantile(sorted, 0.75),
    least: quantile(sorted, 0),
    most: quantile(sorted, 1),
    measurements: sorted.length,
  };
}

/** The spread of one thing relative to another that was measured beside it, round by round. */
export function ratioOf(measured: readonly number[], peer: readonly number[]): Spread {
  if (measured.length !== peer.length) throw new RangeError(`${measured.length} rounds beside ${peer.length}`);
  return spreadOf(measured.map((one, round) => one / (peer[round] as number)));
}

/** Linear between the two nearest values. */
function quantile(sorted: readonly number[], fraction: number): number {
  const position = (sorted.length - 1) * fraction;
  const below = sorted[Math.floor(position)] as number;
  const above = sorted[Math.ceil(position)] as number;
  return below + (above - below) * (position - Math.floor(position));
}
