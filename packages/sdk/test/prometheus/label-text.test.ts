import { expect, test } from 'vitest';
import { labelText } from '../../src/prometheus/label-text.ts';

test('labels are sorted by name and keep the values of strings, numbers and booleans', () => {
  expect(labelText({ 'ml.model.name': 'digits', fold: 3, a: true })).toBe('a="true",fold="3",ml_model_name="digits"');
});

test('the empty set has no labels', () => {
  expect(labelText({})).toBe('');
});

test('backslashes, quotes and line ends are escaped, and nothing else', () => {
  expect(labelText({ a: 'C:\\new "x"\nü\t\r😀' })).toBe('a="C:\\\\new \\"x\\"\\nü\t\r😀"');
});

test('values of keys that become one label are joined in the order of the keys', () => {
  expect(labelText({ a_b: 'second', 'a.b': 'first', 'a-b': 'zeroth' })).toBe('a_b="zeroth;first;second"');
});

test('a key that begins with a digit, is empty or has no letter becomes a label all the same', () => {
  expect(labelText({ '1st': 'a' })).toBe('key_1st="a"');
  expect(labelText({ '': 'a', '-': 'b' })).toBe('_="a;b"');
  expect(labelText({ größe: 'a' })).toBe('gr_e="a"');
});

test('a label never begins with two underscores, as those of Prometheus itself do', () => {
  expect(labelText({ __name__: 'a', ___x: 'b', ____: 'c' })).toBe('_="c",_name__="a",_x="b"');
});

test('le is renamed on a histogram alone', () => {
  expect(labelText({ le: '5' })).toBe('le="5"');
  expect(labelText({ le: '5', 'exported.le': '4' }, { isHistogram: true })).toBe('exported_le="4;5"');
});

test('lists are written as JSON, and what is not set is left out', () => {
  expect(labelText({ a: ['x', 'y"'], b: undefined, c: [1, null] })).toBe('a="[\\"x\\",\\"y\\\\\\"\\"]",c="[1,null]"');
});

test('fixed labels replace attributes', () => {
  expect(labelText({ 'otel.scope.name': 'other', z: 1 }, { fixed: { otel_scope_name: 'app' } })).toBe('otel_scope_name="app",z="1"');
});
