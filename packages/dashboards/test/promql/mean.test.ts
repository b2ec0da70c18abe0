import { inferenceMetrics } from '@modelmeter/core';
import { expect, test } from 'vitest';
import { testWith } from '../../../../test/servers/test-with.ts';
import { mean } from '../../src/promql/mean.ts';
import { everywhere } from '../../src/promql/scope.ts';
import { wrongAnswers } from '../dashboards/promql-answers.ts';

const promtoolTest = testWith('promtool');
const { inferenceBatchSize, inferenceDuration } = inferenceMetrics;

test('a mean is of the series that are chosen, by labels or of all', () => {
  expect(mean(inferenceDuration, ['ml.model.name'], { 'error.type': '' }).render(everywhere)).toBe(
    'sum by (ml_model_name) (rate(ml_inference_duration_seconds_sum{error_type=""}[5m])) / (sum by (ml_model_name) (rate(ml_inference_duration_seconds_count{error_type=""}[5m])) > 0)',
  );
  expect(mean(inferenceBatchSize).render(everywhere)).toBe(
    'sum(rate(ml_inference_batch_size_sum[5m])) / (sum(rate(ml_inference_batch_size_count[5m])) > 0)',
  );
});

promtoolTest('instances count by how much they recorded, and what recorded nothing has no mean', async () => {
  const series = {
    'ml_inference_batch_size_sum{ml_model_name="a", instance="1"}': '0+64x10',
    'ml_inference_batch_size_count{ml_model_name="a", instance="1"}': '0+32x10',
    'ml_inference_batch_size_sum{ml_model_name="a", instance="2"}': '0+64x10',
    'ml_inference_batch_size_count{ml_model_name="a", instance="2"}': '0+96x10',
    'ml_inference_batch_size_sum{ml_model_name="idle"}': '0x10',
    'ml_inference_batch_size_count{ml_model_name="idle"}': '0x10',
  };
  const query = mean(inferenceBatchSize, ['ml.model.name']);
  expect(await wrongAnswers({ query, series, at: '10m', answers: { '{ml_model_name="a"}': 1 } })).toBe('');
});
