import type { Spread } from './spread.ts';

/** A figure as it was measured, or the words beside it. */
export type Cell = string | number | Spread;

export interface Table {
  readonly title: string;
  /** Each row by column; the columns are those of the rows, in order of appearance. */
  readonly rows: readonly Readonly<Record<string, Cell>>[];
}

/** What one script has to tell: its part of docs/benchmarks.md and, as it stands, its JSON. */
export interface Section {
  readonly title: string;
  /** How it was measured, a paragraph each. */
  readonly method: readonly string[];
  readonly tables: readonly Table[];
}
