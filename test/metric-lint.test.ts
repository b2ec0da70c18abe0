import {
  allDefinitions,
  type AttributeDefinition,
  attributeDescriptions,
  attributes,
  type MetricDefinition,
  prometheusLabel,
  prometheusName,
} from '@modelmeter/core';
import { describe, expect, test } from 'vitest';
import { allAttributeRules, allMetricRules } from './metric-lint/all-rules.ts';
import { attributeExceptions, metricExceptions } from './metric-lint/exceptions.ts';
import { descriptionIsSentence } from './metric-lint/description-rule.ts';
import { lint, repeated } from '@modelmeter/test-kit/lint';

const definitions = Object.values(allDefinitions).flat();
const nameOf = ({ name }: MetricDefinition) => name;
const keyOf = ({ key }: AttributeDefinition) => key;

test('every metric keeps the rules', () => {
  expect(lint(definitions, nameOf, allMetricRules, metricExceptions)).toEqual([]);
});

test('every attribute keeps the rules', () => {
  expect(lint(Object.values(attributes), keyOf, allAttributeRules, attributeExceptions)).toEqual([]);
});

test('every attribute is described in a sentence', () => {
  const described = Object.entries(attributeDescriptions).map(([name, description]) => ({ name, description }));
  expect(lint(described, ({ name }) => name, [descriptionIsSentence], [])).toEqual([]);
});

test('no two metrics have one name, and no two attributes one key, here or in Prometheus', () => {
  expect(repeated(definitions.map(nameOf))).toEqual([]);
  expect(repeated(definitions.map(prometheusName))).toEqual([]);
  expect(repeated(Object.values(attributes).map(({ key }) => prometheusLabel(key)))).toEqual([]);
});

describe('the lint', () => {
  const isShort = (word: string) => (word.length > 3 ? 'it is too long' : undefined);
  const run = (words: readonly string[], exceptions: Parameters<typeof lint>[3] = []) => lint(words, (word) => word, [isShort], exceptions);
  const exception = { subject: 'long', rule: 'isShort', reason: 'It has to be.' };

  test('names what breaks which rule', () => {
    expect(run(['long', 'one', 'longer'])).toEqual(['long: it is too long (isShort)', 'longer: it is too long (isShort)']);
  });

  test('lets an exception pass, of that subject and that rule', () => {
    expect(run(['long', 'longer'], [exception])).toEqual(['longer: it is too long (isShort)']);
    expect(run(['long'], [exception, { ...exception, rule: 'isNice' }])).toEqual([
      'long: the exception from isNice is not needed any more',
    ]);
  });

  test('complains about an exception that is not needed any more', () => {
    const problem = 'long: the exception from isShort is not needed any more';
    expect(run(['one'], [exception])).toEqual([problem]);
    expect(run(['long'], [exception, exception])).toEqual([]);
    expect(run(['long'], [exception, { ...exception }])).toEqual([problem]);
  });

  test('complains about an exception that gives no reason', () => {
    expect(run(['long'], [{ ...exception, reason: '' }])).toEqual(['long: the exception from isShort gives no reason']);
  });

  test('finds what is repeated', () => {
    expect(repeated(['a', 'b', 'a', 'c', 'b'])).toEqual(['a', 'b']);
  });
});
