import type { Facts } from './program/facts.ts';
import type { TimeWindow } from './every-query.ts';

/** What the program said before the last scrape, and after the query: what grows lies between them. */
export interface Known {
  readonly earlier: Facts;
  readonly later: Facts;
  readonly window: TimeWindow;
}

/** A series of an answer with its last value that is a number: what a panel of single values shows. */
export interface Row {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What a value has to be: that number, at least and at most so much, or one of some. */
export type Expected = number | readonly [least: number, most: number] | { readonly oneOf: readonly number[] };

export interface Comparison {
  /** @returns what is wrong with the rows of an answer. */
  compare(rows: readonly Row[], known: Known): string[];
}

/** What rows have to be, or the reason why nobody compares them. */
export type Expectation = Comparison | { readonly notCompared: string };

/** One row. */
export function one(expected: (known: Known) => Expected): Comparison {
  return each([], (known) => ({ '': expected(known) }));
}

/** A row for each combination of the values of some labels, which stand in the keys with a slash between them; no others. */
export function each(labels: readonly string[], expected: (known: Known) => Readonly<Record<string, Expected>>): Comparison {
  return {
    compare(rows, known) {
      const wanted = expected(known);
      const found = new Map(rows.map(({ labels: values, value }) => [labels.map((label) => values[label] ?? '').join('/'), value]));
      const problems = rows.length > found.size ? [`${rows.length} rows, but ${found.size} that differ in ${labels.join(', ')}`] : [];
      for (const key of new Set([...Object.keys(wanted), ...found.keys()])) {
        const [value, right] = [found.get(key), wanted[key]];
        if (value === undefined) problems.push(`no ${key || 'row'}`);
        else if (right === undefined) problems.push(`${key}, which nobody knows, is ${value}`);
        else if (!is(value, right)) problems.push(`${key || 'it'} is ${value}, not ${JSON.stringify(right)}`);
      }
      return problems;
    },
  };
}

/** Rows of which nobody knows how many there are, but that there are some, and what each has to be. */
export function every(expected: (row: Row, known: Known) => Expected): Comparison {
  return {
    compare(rows, known) {
      if (rows.length === 0) return ['no row'];
      return rows.flatMap((row) => {
        const right = expected(row, known);
        return is(row.value, right) ? [] : [`${JSON.stringify(row.labels)} is ${row.value}, not ${JSON.stringify(right)}`];
      });
    },
  };
}

export function notCompared(reason: string): Expectation {
  return { notCompared: reason };
}

/** `increase()` guesses how much came before the first sample of its window and after the last one. */
const GUESS = 0.08;

/** Least and most of what has grown meanwhile, by the metric itself or by its increase. */
export function growing(count: (facts: Facts) => number): (known: Known) => Expected {
  return ({ earlier, later }) => [(1 - GUESS) * count(earlier), (1 + GUESS) * count(later)];
}

const RELATIVE_ERROR = 1e-6;

function is(value: number, expected: Expected): boolean {
  if (typeof expected === 'number') return Math.abs(value - expected) <= RELATIVE_ERROR * Math.max(1, Math.abs(expected));
  if ('oneOf' in expected) return expected.oneOf.some((right) => is(value, right));
  return value >= expected[0] - RELATIVE_ERROR && value <= expected[1] + RELATIVE_ERROR;
}
