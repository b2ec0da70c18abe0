import { inferenceMetrics } from '@modelmeter/core';
import { describe, expect, test } from 'vitest';
import { sum } from '../../src/promql/aggregate.ts';
import { above, absolute, atMost } from '../../src/promql/operators.ts';
import { lastSeen, overTime, rate } from '../../src/promql/over-time.ts';
import { everywhere, type Scope } from '../../src/promql/scope.ts';
import { counter, gauge } from '../../src/promql/select.ts';
import { recording } from '../../src/rules/recording.ts';

const errors = counter(inferenceMetrics.inferenceErrors, { 'error.type': { matchesNot: 'cancelled|timeout' } });
const recorded = recording('job:ml_inference_errors:rate5m', sum(rate(errors), ['job']));
const formula = 'sum by (job) (rate(ml_inference_errors_total{error_type!~"cancelled|timeout"}[5m]))';

describe('a recording', () => {
  test('is read by its name where there are recording rules', () => {
    expect(above(recorded, 1).render({ ...everywhere, hasRecordings: true })).toBe('job:ml_inference_errors:rate5m > 1');
  });

  test('is read by its formula where there are none', () => {
    expect(above(recorded, 1).render(everywhere)).toBe(`(${formula}) > 1`);
    expect(recorded.formula.render({ ...everywhere, hasRecordings: true })).toBe(formula);
  });

  test('leaves alone what others have recorded under its name', () => {
    const scope: Scope = { ...everywhere, matchers: () => ['job="a"'], hasRecordings: true };
    expect(recorded.render(scope)).toBe('job:ml_inference_errors:rate5m{job="a"}');
  });

  test('reads the metrics of its formula', () => {
    expect(recorded.metrics).toEqual(['ml_inference_errors_total']);
  });
});

describe('what rules need of PromQL', () => {
  const active = gauge(inferenceMetrics.inferenceActiveRequests);

  test('is the last value of what is gone, of gauges and counters', () => {
    expect(lastSeen(active, '24h').render(everywhere)).toBe('last_over_time(ml_inference_active_requests[24h])');
    expect(lastSeen(errors, '1h').render(everywhere)).toBe(
      'last_over_time(ml_inference_errors_total{error_type!~"cancelled|timeout"}[1h])',
    );
  });

  test('is a window that lies in the past', () => {
    expect(overTime('min', active, '5m', '10m').render(everywhere)).toBe('min_over_time(ml_inference_active_requests[5m] offset 10m)');
  });

  test('is a comparison with what may be equal, and the size of what may be negative', () => {
    expect(atMost(absolute(active), 0).render(everywhere)).toBe('abs(ml_inference_active_requests) <= 0');
  });
});
