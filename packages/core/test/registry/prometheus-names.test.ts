import { describe, expect, test } from 'vitest';
import { defineMetric, type InstrumentKind, Registry } from '../../src/index.ts';

function metric(name: string, instrument: InstrumentKind, unit = '') {
  return defineMetric({ name, instrument, unit, description: 'A metric.', attributes: [], bounds: [1], stability: 'development' });
}

describe('two metrics are refused', () => {
  test.each([
    ['that differ in a dot', metric('a.b', 'gauge'), metric('a_b', 'gauge'), 'a_b'],
    ['that differ in the unit alone', metric('a', 'gauge', 's'), metric('a.seconds', 'gauge', 's'), 'a_seconds'],
    ['of which one ends in total', metric('a', 'counter'), metric('a.total', 'counter'), 'a_total'],
    ['of which one is called as the bucket of the other', metric('a', 'histogram'), metric('a.bucket', 'gauge'), 'a_bucket'],
    ['of which one is called as the sum of the other', metric('a', 'histogram', 's'), metric('a.seconds.sum', 'gauge'), 'a_seconds_sum'],
    ['of which one is called as the count of the other', metric('a', 'histogram'), metric('a.count', 'updowncounter'), 'a_count'],
    ['that OpenMetrics knows by one name', metric('a', 'counter', 's'), metric('a.seconds', 'gauge'), 'a_seconds'],
  ])('%s', (_, one, other, name) => {
    for (const [first, second] of [
      [one, other],
      [other, one],
    ] as const) {
      const registry = new Registry();
      registry.bind(first, {});
      expect(() => registry.bind(second, {})).toThrow(`${second.name} and ${first.name} are both ${name} in Prometheus`);
      expect(() => registry.bind(second, {})).toThrow(TypeError);
    }
  });
});

test('a metric that was refused leaves its other names free', () => {
  const registry = new Registry();
  registry.bind(metric('a.sum', 'gauge'), {});
  expect(() => registry.bind(metric('a', 'histogram'), {})).toThrow(TypeError);
  expect(() => registry.bind(metric('a', 'gauge'), {})).not.toThrow();
});
