import { expect, test } from 'vitest';
import { metricsIn } from './metrics-in.ts';

test.each([
  ['up == 0', ['up']],
  ['sum by (job, le) (rate(a_bucket{le="b_total", job=~"c|d"}[5m])) / on (job) group_left (model) e', ['a_bucket', 'e']],
  ['histogram_quantile(0.9, sum(rate(a_bucket[$__rate_interval])) by (le))', ['a_bucket']],
  ['(a unless b offset 5m) and on () c or time() > bool 1e5', ['a', 'b', 'c']],
  ['label_replace(job:rate5m, "x", "$1", "y", "(z)") + NaN', ['job:rate5m']],
  ['a # b\n+ a', ['a']],
  ['sum without (a) (up) > Inf', ['up']],
  ['vector(1)', []],
])('%s reads %j', (expression, metrics) => {
  expect(metricsIn(expression)).toEqual(metrics);
});
