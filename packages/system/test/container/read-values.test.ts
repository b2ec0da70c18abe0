import { expect, test } from 'vitest';
import { least, parseAmount, parseEntry, readIfPresent } from '../../src/container/read-values.ts';

test.each([
  ['0\n', 0],
  ['536870912\n', 536_870_912],
  ['max\n', undefined],
  ['-1\n', undefined],
  // No limit, as version 1 and process.constrainedMemory() write it.
  ['9223372036854771712\n', undefined],
  ['18446744073709551615', undefined],
  [undefined, undefined],
])('the amount %j is %j', (text, amount) => {
  expect(parseAmount(text)).toBe(amount);
});

test.each(['', '\n', 'much\n', '1 2\n'])('%j is no amount', (text) => {
  expect(() => parseAmount(text)).toThrow('is no number');
});

test('an entry is found by its whole name', () => {
  const text = 'total_inactive_file 7\ninactive_file 5\n';
  expect(parseEntry(text, 'inactive_file')).toBe(5);
  expect(parseEntry(text, 'total_inactive_file')).toBe(7);
  expect(parseEntry(text, 'file')).toBeUndefined();
  expect(parseEntry(undefined, 'file')).toBeUndefined();
});

test('the least of what is known is known', () => {
  expect(least([3, undefined, 2])).toBe(2);
  expect(least([undefined])).toBeUndefined();
});

test('a file that is not there has no text, and one that cannot be read is a failure', () => {
  expect(readIfPresent('/nowhere', 'file')).toBeUndefined();
  expect(() => readIfPresent('/', 'tmp')).toThrow('EISDIR');
});
