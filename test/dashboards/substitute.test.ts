import { describe, expect, test } from 'vitest';
import { macrosOf, substitute } from './substitute.ts';

describe('substitute', () => {
  test('every way to write a variable is replaced, and nothing else', () => {
    const values = { job: '.*', __range_s: '60' };
    expect(substitute('a{job=~"$job", b="[[job]]"}[${__range_s}s] + ${job:regex} * $job', values)).toBe(
      'a{job=~".*", b=".*"}[60s] + .* * .*',
    );
    expect(substitute('label_replace(a, "b", "x", "c", "(.+)$")', {})).toBe('label_replace(a, "b", "x", "c", "(.+)$")');
  });

  test('a longer name is another variable', () => {
    expect(substitute('$__range $__range_s $__rate_interval', { __range: '9s', __range_s: '9', __rate_interval: '4s' })).toBe('9s 9 4s');
  });

  test('a variable without a value throws', () => {
    expect(() => substitute('a{b="$nobody"}', {})).toThrow('$nobody stands for nothing');
    expect(() => substitute('a[${gone}]', {})).toThrow('${gone} stands for nothing');
  });
});

describe('the macros of Grafana', () => {
  test('the rate interval is four scrapes, or a step and a scrape where steps are long', () => {
    expect(macrosOf({ rangeSeconds: 30, scrapeSeconds: 1 }).values).toMatchObject({
      __interval: '1s',
      __rate_interval: '4s',
      __range: '30s',
    });
    const long = macrosOf({ rangeSeconds: 30_000, scrapeSeconds: 1, maxDataPoints: 1000 });
    expect(long).toMatchObject({ stepSeconds: 30, values: { __interval: '30s', __interval_ms: '30000', __rate_interval: '31s' } });
  });

  test('a minimal step stands in for the scrape interval', () => {
    const { stepSeconds, values } = macrosOf({ rangeSeconds: 30, scrapeSeconds: 1, minStep: '15s' });
    expect([stepSeconds, values.__rate_interval]).toEqual([15, '60s']);
    expect(macrosOf({ rangeSeconds: 30, scrapeSeconds: 1, minStep: '1m' }).values.__rate_interval).toBe('240s');
    expect(macrosOf({ rangeSeconds: 30, scrapeSeconds: 2, minStep: '$__rate_interval' }).stepSeconds).toBe(2);
    expect(() => macrosOf({ rangeSeconds: 30, scrapeSeconds: 1, minStep: 'soon' })).toThrow('soon is no duration');
  });
});
