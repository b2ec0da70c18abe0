import { expect, test } from 'vitest';
import { bucketBound } from '../../src/prometheus/bucket-bound.ts';

// Go 1.26: strconv.FormatFloat(bound, 'g', -1, 64).
const ofGo: readonly (readonly [number, string])[] = [
  [0, '0'],
  [0.005, '0.005'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [0.000012345, '1.2345e-05'],
  [2.5, '2.5'],
  [100_000, '100000'],
  [999_999.5, '999999.5'],
  [1_000_000, '1e+06'],
  [1_048_576, '1.048576e+06'],
  [123_456_789.25, '1.2345678925e+08'],
  [1e100, '1e+100'],
  [5e-324, '5e-324'],
  [1.7976931348623157e308, '1.7976931348623157e+308'],
  [-2, '-2'],
  [-0.25, '-0.25'],
  [Infinity, '+Inf'],
];

test.for(ofGo)('%d is written as Go writes it', ([bound, text]) => {
  expect(bucketBound(bound, 'text')).toBe(text);
});

test.for([
  [0, '0.0'],
  [1, '1.0'],
  [-10, '-10.0'],
  [0.5, '0.5'],
  [100_000, '100000.0'],
  [1_000_000, '1e+06'],
  [Infinity, '+Inf'],
] as const)('for OpenMetrics %d is written as a float', ([bound, text]) => {
  expect(bucketBound(bound, 'openmetrics')).toBe(text);
});
