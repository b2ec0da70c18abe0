const RESAMPLES = 2000;

/** Between what the median lies with a confidence of 95 %, by bootstrap: from the medians of as many figures, drawn again and again. */
export function medianInterval(measured: readonly number[]): readonly [least: number, most: number] {
  const medians = Array.from({ length: RESAMPLES }, () => medianOf(measured.map(() => drawn(measured)))).toSorted((a, b) => a - b);
  return [medians[Math.floor(0.025 * RESAMPLES)] as number, medians[Math.ceil(0.975 * RESAMPLES) - 1] as number];
}

function medianOf(measured: readonly number[]): number {
  const sorted = Float64Array.from(measured).sort();
  return sorted[sorted.length >> 1] as number;
}

function drawn(measured: readonly number[]): number {
  return measured[Math.floor(Math.random() * measured.length)] as number;
}
