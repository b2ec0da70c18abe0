import { expect, test } from 'vitest';
import { panelsOf, placeOf, queriesOf } from './dashboard-model.ts';
import { PLANTED } from './planted-dashboard.ts';

test('panels in rows that are collapsed are found, and rows are none', () => {
  expect(panelsOf(PLANTED).map(({ title }) => title)).toEqual(['no query', 'right', 'wrong']);
});

test('every target and every annotation that asks Prometheus is a query', () => {
  expect(queriesOf(PLANTED).map(placeOf)).toEqual([
    ...['A', 'B', 'C', 'D'].map((refId) => `planted / right (timeseries) / ${refId}`),
    ...['A', 'B', 'C', 'D'].map((refId) => `planted / wrong (stat) / ${refId}`),
    'planted / gone (annotation) / Anno',
  ]);
});

test('the least step of a target wins over that of its panel', () => {
  const targets = [
    { refId: 'A', expr: 'a', interval: '5s' },
    { refId: 'B', expr: 'b' },
  ];
  const queries = queriesOf({ uid: 'u', title: 't', panels: [{ type: 'stat', title: 'p', interval: '1m', targets }] });
  expect(queries.map(({ minStep }) => minStep)).toEqual(['5s', '1m']);
});
