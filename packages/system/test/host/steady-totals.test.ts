import { expect, test } from 'vitest';
import { SteadyTotals } from '../../src/host/steady-totals.ts';

test('a total that goes back by up to three seconds stays where it was, until it has grown beyond', () => {
  const totals = new SteadyTotals();
  expect([10, 9.5, 7, 9.9, 10.5].map((total) => totals.keep('idle', total))).toEqual([10, 10, 10, 10, 10.5]);
});

test('one that goes back by more is a new count, and each name has its own', () => {
  const totals = new SteadyTotals();
  expect([totals.keep('idle', 10), totals.keep('user', 9), totals.keep('idle', 6.5), totals.keep('idle', 7)]).toEqual([10, 9, 6.5, 7]);
});
