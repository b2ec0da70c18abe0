import { describe, expect, test } from 'vitest';
import { type Comparison, each, every, type Expected, growing, type Known, one, type Row } from './expected-values.ts';

const known = { earlier: { samples: 100 }, later: { samples: 200 } } as Known;
const row = (value: number, labels = {}): Row => ({ labels, value });
const problemsOf = (comparison: Comparison, ...rows: Row[]) => comparison.compare(rows, known);

test.each<[Expected, number, number]>([
  [3, 3 + 1e-9, 3.1],
  [[1, 2], 1.5, 2.1],
  [[1, 2], 1, 0.9],
  [{ oneOf: [0, 3] }, 3, 1],
  [3, 3, NaN],
])('%j takes %d, and not %d', (expected, right, wrong) => {
  expect(
    problemsOf(
      one(() => expected),
      row(right),
    ),
  ).toEqual([]);
  expect(
    problemsOf(
      one(() => expected),
      row(wrong),
    ),
  ).toEqual([`it is ${wrong}, not ${JSON.stringify(expected)}`]);
});

describe('rows', () => {
  const models = each(['model', 'version'], () => ({ 'a/1': 1, 'b/': 2 }));

  test('are told apart by their labels', () => {
    expect(problemsOf(models, row(2, { model: 'b', job: 'x' }), row(1, { model: 'a', version: '1' }))).toEqual([]);
  });

  test('one that is missing, one too many and two of a kind are caught', () => {
    expect(problemsOf(models, row(2, { model: 'b' }))).toEqual(['no a/1']);
    expect(problemsOf(models, row(1, { model: 'a', version: '1' }), row(2, { model: 'b' }), row(3, { model: 'c' }))).toEqual([
      'c/, which nobody knows, is 3',
    ]);
    expect(
      problemsOf(
        one(() => 1),
        row(1),
        row(1),
      ),
    ).toEqual(['2 rows, but 1 that differ in ']);
    expect(problemsOf(one(() => 1))).toEqual(['no row']);
  });

  test('of which nobody knows how many there are have to be right each', () => {
    const shares = every(() => [0, 1]);
    expect(problemsOf(shares, row(0), row(1))).toEqual([]);
    expect(problemsOf(shares, row(0), row(1.5, { disk: 'a' }))).toEqual(['{"disk":"a"} is 1.5, not [0,1]']);
    expect(problemsOf(shares)).toEqual(['no row']);
  });
});

test('what grows may be what it was or what it has become, give or take what an increase guesses', () => {
  const samples = one(growing((facts) => facts.samples));
  for (const right of [93, 150, 215]) expect(problemsOf(samples, row(right))).toEqual([]);
  for (const wrong of [90, 220]) expect(problemsOf(samples, row(wrong))).toHaveLength(1);
});
