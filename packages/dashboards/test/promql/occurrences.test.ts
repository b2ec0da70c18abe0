import { inferenceMetrics } from '@modelmeter/core';
import { expect } from 'vitest';
import { testWith } from '../../../../test/servers/test-with.ts';
import { sum } from '../../src/promql/aggregate.ts';
import { amount, occurrences } from '../../src/promql/occurrences.ts';
import { countOf, sumOf } from '../../src/promql/select.ts';
import { wrongAnswers } from '../dashboards/promql-answers.ts';

const promtoolTest = testWith('promtool');
const loads = sum(occurrences(countOf(inferenceMetrics.modelLoadDuration), '5m'), ['ml.model.name']);
const seconds = sum(amount(sumOf(inferenceMetrics.modelLoadDuration), '5m'), ['ml.model.name']);
const COUNT = 'ml_model_load_duration_seconds_count{ml_model_name="a"}';
const SUM = 'ml_model_load_duration_seconds_sum{ml_model_name="a"}';

promtoolTest('what a series had when it was first seen is counted, as far as that was in the range', async () => {
  const series = { [COUNT]: '_x5 2x10', [SUM]: '_x5 2.5x10' };
  expect(await wrongAnswers({ query: loads, series, at: '8m', answers: { '{ml_model_name="a"}': 2 } })).toBe('');
  expect(await wrongAnswers({ query: seconds, series, at: '8m', answers: { '{ml_model_name="a"}': 2.5 } })).toBe('');
  expect(await wrongAnswers({ query: loads, series, at: '14m', answers: { '{ml_model_name="a"}': 0 } })).toBe('');
});

promtoolTest('events are whole numbers, amounts are not', async () => {
  const series = { [COUNT]: '0+1x20', [SUM]: '0+0.25x20' };
  expect(await wrongAnswers({ query: loads, series, at: '15m', answers: { '{ml_model_name="a"}': 5 } })).toBe('');
  expect(await wrongAnswers({ query: seconds, series, at: '15m', answers: { '{ml_model_name="a"}': 1.25 } })).toBe('');
});
