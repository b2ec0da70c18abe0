import { expect, test } from 'vitest';
import { unexcused } from './exceptions.ts';

const failure = { store: 'Prometheus', place: 'd / p (stat) / A', expression: 'gone', problem: 'empty' };
const line = 'd / p (stat) / A on Prometheus: empty: gone';
const reason = 'there is none here';

test('a failure is told, unless an exception says why nothing is there', () => {
  expect(unexcused([failure], [])).toEqual([line]);
  expect(unexcused([failure], [{ place: failure.place, reason }])).toEqual([]);
});

test('an exception excuses no error, no other place and no other store', () => {
  const error = { ...failure, problem: 'parse error' };
  expect(unexcused([error], [{ place: failure.place, reason, sometimes: true }])).toEqual([
    'd / p (stat) / A on Prometheus: parse error: gone',
  ]);
  expect(unexcused([failure], [{ place: 'd / p (stat) / B', reason, sometimes: true }])).toEqual([line]);
  expect(unexcused([failure], [{ place: failure.place, store: 'VictoriaMetrics', reason, sometimes: true }])).toEqual([line]);
});

test('an exception that nothing needs is told, unless it is needed sometimes', () => {
  expect(unexcused([], [{ place: failure.place, reason }])).toEqual([`${failure.place}: needs no exception any more: ${reason}`]);
  expect(unexcused([], [{ place: failure.place, reason, sometimes: true }])).toEqual([]);
});
