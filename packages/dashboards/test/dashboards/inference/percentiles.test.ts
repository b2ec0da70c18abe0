import { inferenceMetrics } from '@modelmeter/core';
import { expect, test } from 'vitest';
import { percentiles } from '../../../src/dashboards/inference/percentiles.ts';
import { legend } from '../../../src/grafana/target.ts';
import { everywhere } from '../../../src/promql/scope.ts';
import { bucketsOf } from '../../../src/promql/select.ts';

test('the median, the 90th and the 99th percentile are curves with names of their own', () => {
  const curves = percentiles(bucketsOf(inferenceMetrics.modelCallDuration), ['ml.model.name'], legend`${'ml.model.name'}`);
  expect(curves.map((one) => one.legend)).toEqual(['p50 {{ml_model_name}}', 'p90 {{ml_model_name}}', 'p99 {{ml_model_name}}']);
  expect(curves.map(({ query }) => query.render(everywhere).slice(0, 24))).toEqual([
    'histogram_quantile(0.5, ',
    'histogram_quantile(0.9, ',
    'histogram_quantile(0.99,',
  ]);
});
