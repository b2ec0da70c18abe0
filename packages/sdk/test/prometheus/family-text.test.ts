import { describe, expect, test } from 'vitest';
import { type FamilyFacts, FamilyText } from '../../src/prometheus/family-text.ts';

const alone = () => false;

function header(format: 'text' | 'openmetrics', facts: Partial<FamilyFacts>, isFamily: (name: string) => boolean = alone): string[] {
  const text = new FamilyText({ name: 'x', type: 'gauge', help: '', unit: undefined, ...facts });
  return text.header(format, isFamily).split('\n').slice(0, -1);
}

describe('in the text format', () => {
  test('a counter has its whole name', () => {
    expect(header('text', { name: 'x_total', type: 'counter', help: 'Help.' })).toEqual(['# HELP x_total Help.', '# TYPE x_total counter']);
  });

  test('an info is a gauge', () => {
    expect(header('text', { name: 'x_info', type: 'info' })).toEqual(['# TYPE x_info gauge']);
  });

  test('backslashes and line ends of the help are escaped, quotes are not', () => {
    expect(header('text', { help: 'a\\b\n"c"' })[0]).toBe('# HELP x a\\\\b\\n"c"');
  });

  test('there is no unit', () => {
    expect(header('text', { name: 'x_seconds', unit: 'seconds' })).toEqual(['# TYPE x_seconds gauge']);
  });
});

describe('in OpenMetrics', () => {
  test('a counter is named without _total, an info without _info', () => {
    expect(header('openmetrics', { name: 'x_total', type: 'counter' })).toEqual(['# TYPE x counter']);
    expect(header('openmetrics', { name: 'x_info', type: 'info' })).toEqual(['# TYPE x info']);
  });

  test('a counter beside a family of its shorter name is unknown, and keeps its longer one', () => {
    expect(header('openmetrics', { name: 'x_total', type: 'counter' }, (name) => name === 'x')).toEqual(['# TYPE x_total unknown']);
  });

  test('a unit that ends the name is told', () => {
    const facts = { name: 'x_seconds_total', type: 'counter', unit: 'seconds', help: 'Help.' } as const;
    expect(header('openmetrics', facts)).toEqual(['# TYPE x_seconds counter', '# UNIT x_seconds seconds', '# HELP x_seconds Help.']);
  });

  test('a unit that does not end the name is not told', () => {
    expect(header('openmetrics', { name: 'x_seconds_left', unit: 'seconds' })).toEqual(['# TYPE x_seconds_left gauge']);
    expect(header('openmetrics', { name: 'milliseconds', unit: 'seconds' })).toEqual(['# TYPE milliseconds gauge']);
  });

  test('quotes of the help are escaped as well', () => {
    expect(header('openmetrics', { help: 'a\\b\n"c"' })[1]).toBe('# HELP x a\\\\b\\n\\"c\\"');
  });
});
