import { expect } from 'vitest';
import { testWith } from '../../../../../test/servers/test-with.ts';
import { budgetLeft, burnRate, missedShare } from '../../../src/dashboards/inference/objective-queries.ts';
import { wrongAnswers } from '../promql-answers.ts';

const promtoolTest = testWith('promtool');

const requests = (labels: string) => `ml_inference_duration_seconds_count{${labels}}`;
const misses = (labels: string) => `ml_inference_objective_misses_total{${labels}}`;
const target = 'ml_inference_objective_target_ratio{ml_model_name="digits"}';
const digits = 'ml_model_name="digits", ml_model_version="1"';

promtoolTest('requests of a model without an objective do not make another look better', async () => {
  const series = { [requests(digits)]: '0+64x10', [misses(digits)]: '0+8x10', [requests('ml_model_name="iris"')]: '0+999x10' };
  expect(await wrongAnswers({ query: missedShare('5m'), series, at: '10m', answers: { '{ml_model_name="digits"}': 0.125 } })).toBe('');
});

promtoolTest('versions, operations and instances of a model are taken together', async () => {
  const series = {
    [requests(`${digits}, instance="a", ml_operation_name="classify"`)]: '0+64x10',
    [requests(`${digits}, instance="a", ml_operation_name="embed", error_type="timeout"`)]: '0+64x10',
    [misses(`${digits}, instance="a"`)]: '0+32x10',
    [requests('ml_model_name="digits", ml_model_version="2", instance="b"')]: '0+128x10',
    [misses('ml_model_name="digits", ml_model_version="2", instance="b"')]: '0x10',
  };
  expect(await wrongAnswers({ query: missedShare('5m'), series, at: '10m', answers: { '{ml_model_name="digits"}': 0.125 } })).toBe('');
});

promtoolTest('a restart loses no requests and makes up none', async () => {
  const series = { [requests(digits)]: '0 64 128 192 64 128 192', [misses(digits)]: '0 8 16 24 8 16 24' };
  expect(await wrongAnswers({ query: missedShare('5m'), series, at: '6m', answers: { '{ml_model_name="digits"}': 0.125 } })).toBe('');
});

promtoolTest('without traffic nothing was missed, and nothing kept', async () => {
  const series = { [requests(digits)]: '640x20', [misses(digits)]: '80x20' };
  expect(await wrongAnswers({ query: missedShare('5m'), series, at: '15m', answers: {} })).toBe('');
});

promtoolTest('at half of the allowed misses the burn rate is a half, and half of the budget is left', async () => {
  const series = { [requests(digits)]: '0+64x10', [misses(digits)]: '0+8x10', [target]: '0.75x10' };
  expect(await wrongAnswers({ query: burnRate('5m'), series, at: '10m', answers: { '{ml_model_name="digits"}': 0.5 } })).toBe('');
  expect(await wrongAnswers({ query: budgetLeft('5m'), series, at: '10m', answers: { '{ml_model_name="digits"}': 0.5 } })).toBe('');
});

promtoolTest('the budget is below zero where more was missed than is allowed', async () => {
  const series = { [requests(digits)]: '0+64x10', [misses(digits)]: '0+32x10', [target]: '0.75x10' };
  expect(await wrongAnswers({ query: budgetLeft('5m'), series, at: '10m', answers: { '{ml_model_name="digits"}': -1 } })).toBe('');
});

promtoolTest('what was missed stays known for a while when nothing reports any more', async () => {
  const gone = { [requests(digits)]: '0 64 128 192 stale', [misses(digits)]: '0 8 16 24 stale', [target]: '0.75 0.75 0.75 0.75 stale' };
  expect(await wrongAnswers({ query: budgetLeft('5m'), series: gone, at: '5m', answers: { '{ml_model_name="digits"}': 0.5 } })).toBe('');
});
