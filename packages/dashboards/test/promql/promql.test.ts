import { attributes as attribute, gpuMetrics, inferenceMetrics, trainingMetrics } from '@modelmeter/core';
import { describe, expect, test } from 'vitest';
import { up } from '../../src/foreign-metrics.ts';
import { attributeVariable, scopeOf, targetVariable } from '../../src/grafana/variables.ts';
import { average, bucketRates, count, max, quantile, sum, topk } from '../../src/promql/aggregate.ts';
import { occurrences } from '../../src/promql/occurrences.ts';
import { above, add, and, atLeastValue, atMostValue, divide, multiply, or, share, subtract, unless } from '../../src/promql/operators.ts';
import { before, derivative, increase, overTime, predictLinear, rate, timeSince } from '../../src/promql/over-time.ts';
import { everywhere } from '../../src/promql/scope.ts';
import { bucketsOf, counter, countOf, gauge, sumOf } from '../../src/promql/select.ts';
import type { Vector } from '../../src/promql/vector.ts';

const { inferenceDuration, inferenceErrors } = inferenceMetrics;
const { trainingLoss, trainingRunActive, trainingSteps } = trainingMetrics;
const text = (vector: Vector) => vector.render(everywhere);
const steps = counter(trainingSteps);
const active = gauge(trainingRunActive);

describe('a selector', () => {
  test('has the name that Prometheus gives the metric, and a label for each condition', () => {
    expect(
      text(gauge(trainingLoss, { 'ml.dataset.split': 'train', 'ml.model.name': { not: 'a"b\\' }, 'ml.run.id': { matches: 'r.+' } })),
    ).toBe('ml_training_loss{ml_dataset_split="train", ml_model_name!="a\\"b\\\\", ml_run_id=~"r.+"}');
    expect(text(gauge(gpuMetrics.gpuUtilization, { 'hw.gpu.task': 'general' }))).toBe('hw_gpu_utilization_ratio{hw_gpu_task="general"}');
    expect(text(gauge(up))).toBe('up');
  });

  test('of a histogram names its count, its sum or its buckets', () => {
    expect(text(rate(countOf(inferenceDuration)))).toBe('rate(ml_inference_duration_seconds_count[5m])');
    expect(text(rate(sumOf(inferenceDuration), '1h'))).toBe('rate(ml_inference_duration_seconds_sum[1h])');
    expect(text(quantile(0.99, bucketsOf(inferenceDuration), { by: ['ml.model.name'] }))).toBe(
      'histogram_quantile(0.99, sum by (le, ml_model_name) (rate(ml_inference_duration_seconds_bucket[5m])))',
    );
    expect(text(bucketRates(bucketsOf(inferenceDuration), { over: '1m' }))).toBe(
      'sum by (le) (rate(ml_inference_duration_seconds_bucket[1m]))',
    );
  });

  test('in a dashboard is narrowed by the variables whose label its metric has, and rates take the interval of the panel', () => {
    const scope = scopeOf([
      targetVariable('job', 'Job', gauge(up)),
      attributeVariable('model', 'Model', attribute.modelName, active),
      attributeVariable('run', 'Run', attribute.runId, gauge(trainingLoss)),
    ]);
    expect(gauge(trainingLoss, { 'ml.dataset.split': 'train' }).render(scope)).toBe(
      'ml_training_loss{job=~"$job", ml_model_name=~"$model", ml_run_id=~"$run", ml_dataset_split="train"}',
    );
    expect(rate(steps).render(scope)).toBe('rate(ml_training_steps_total{job=~"$job", ml_model_name=~"$model"}[$__rate_interval])');
    expect(gauge(up).render(scope)).toBe('up{job=~"$job"}');
  });
});

describe('a formula', () => {
  test('has parentheses around operations that are operands, and nowhere else', () => {
    const sums = add(active, 1);
    expect(text(multiply(sums, subtract(2, active)))).toBe('(ml_training_run_active + 1) * (2 - ml_training_run_active)');
    expect(text(max(sums))).toBe('max(ml_training_run_active + 1)');
    expect(text(atLeastValue(atMostValue(sums, 5), 0))).toBe('clamp_min(clamp_max(ml_training_run_active + 1, 5), 0)');
  });

  test('aggregates over all series or by labels', () => {
    expect(text(sum(active))).toBe('sum(ml_training_run_active)');
    expect(text(average(active, ['job', 'ml.model.name']))).toBe('avg by (job, ml_model_name) (ml_training_run_active)');
    expect(text(topk(3, count(active, ['job'])))).toBe('topk(3, count by (job) (ml_training_run_active))');
  });

  test('matches by all labels, or by those that are named', () => {
    expect(text(divide(active, sum(active), { on: [], groupLeft: [] }))).toBe(
      'ml_training_run_active / on () group_left () sum(ml_training_run_active)',
    );
    expect(text(unless(active, active, { on: ['job'] }))).toBe('ml_training_run_active unless on (job) ml_training_run_active');
    expect(text(and(active, active))).toBe('ml_training_run_active and ml_training_run_active');
  });

  test('is 0 for a part without series, and nothing without a whole', () => {
    expect(text(share(sum(rate(counter(inferenceErrors))), sum(rate(countOf(inferenceDuration)))))).toBe(
      '(sum(rate(ml_inference_errors_total[5m])) or (sum(rate(ml_inference_duration_seconds_count[5m])) * 0)) / (sum(rate(ml_inference_duration_seconds_count[5m])) > 0)',
    );
  });

  test('looks back over a range and at an offset, and ahead', () => {
    expect(text(overTime('last', active, '$__range'))).toBe('last_over_time(ml_training_run_active[$__range])');
    expect(text(before(active, '1d'))).toBe('ml_training_run_active offset 1d');
    expect(text(predictLinear(active, '6h', 3600))).toBe('predict_linear(ml_training_run_active[6h], 3600)');
    expect(text(derivative(active, '6h'))).toBe('deriv(ml_training_run_active[6h])');
    expect(text(timeSince(active))).toBe('time() - ml_training_run_active');
    expect(text(increase(steps, '1h'))).toBe('increase(ml_training_steps_total[1h])');
  });

  test('counts events of series that were born in the range', () => {
    const born = '(ml_training_steps_total unless ml_training_steps_total offset 1h)';
    const grown = 'round(increase(ml_training_steps_total[1h]))';
    expect(text(occurrences(steps, '1h'))).toBe(`((${born} > ${grown}) or ${grown}) or ${born}`);
  });

  test('tells which metrics it reads, each once', () => {
    const errors = share(sum(rate(counter(inferenceErrors))), sum(rate(countOf(inferenceDuration))));
    expect(errors.metrics).toEqual(['ml_inference_errors_total', 'ml_inference_duration_seconds_count']);
    expect(or(above(active, 1), add(active, 2)).metrics).toEqual(['ml_training_run_active']);
  });
});
