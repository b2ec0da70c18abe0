import { expect, test } from 'vitest';
import { LineSplitter } from '../../src/gpu/line-splitter.ts';

function split(chunks: readonly string[]): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  for (const chunk of chunks) splitter.push(chunk);
  return lines;
}

test('lines are the same however they are cut', () => {
  const text = 'one, 1\ntwo, 2\r\n\nthree, 3\nno end';
  const lines = ['one, 1', 'two, 2', '', 'three, 3'];
  expect(split([text])).toEqual(lines);
  expect(split(text.split(''))).toEqual(lines);
});

test('a line that is too long is left out, in one piece or in many', () => {
  const text = `a\n${'x'.repeat(10_000)}\nb\n`;
  expect(split([text])).toEqual(['a', 'b']);
  expect(split(text.match(/[^]{1,100}/g) ?? [])).toEqual(['a', 'b']);
});
