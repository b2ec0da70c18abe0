import { describe, expect, test } from 'vitest';
import { bucketLabels } from '../../src/prometheus/bucket-labels.ts';
import { FamilyText } from '../../src/prometheus/family-text.ts';
import { PageWriter } from '../../src/prometheus/page-writer.ts';

const name = Buffer.from('x');
const noLabels = Buffer.from('');

function written(writer: PageWriter): string {
  return Buffer.concat([...writer.takeFullPieces(), writer.takeRest()]).toString();
}

test('a sample is a line of name, labels and value', () => {
  const writer = new PageWriter();
  writer.sample(name, Buffer.from('a="ü"'), 1.5);
  writer.sample(name, noLabels, 2);
  expect(written(writer)).toBe('x{a="ü"} 1.5\nx 2\n');
});

describe('a value reads back as the same double:', () => {
  const powers = Array.from({ length: 17 }, (_, i) => 10 ** i).flatMap((power) => [power - 1, power, power + 1]);
  const numbers = [
    0,
    -0,
    -1,
    0.1,
    1e-7,
    5e-324,
    1.7976931348623157e308,
    1e21,
    -123.456,
    2 ** 31,
    2 ** 32,
    2 ** 53,
    Math.PI,
    1 / 3,
    ...powers,
  ];
  test.for(numbers)('%d', (value) => {
    const writer = new PageWriter();
    writer.sample(name, noLabels, value);
    expect(Number(written(writer).slice('x '.length))).toBe(value === 0 ? 0 : value);
  });
});

test('what is no finite number is written as Prometheus does', () => {
  const writer = new PageWriter();
  for (const value of [Infinity, -Infinity, NaN]) writer.sample(name, noLabels, value);
  expect(written(writer)).toBe('x +Inf\nx -Inf\nx NaN\n');
});

test('a histogram has cumulative buckets, sum and count', () => {
  const text = new FamilyText({ name: 'x', type: 'histogram', help: '', unit: undefined });
  const writer = new PageWriter();
  writer.histogram(text, Buffer.from('a="1"'), bucketLabels([0.5, 10], 'text'), Float64Array.of(99, 1, 2, 3), 1, 4.5);
  writer.histogram(text, noLabels, bucketLabels([], 'text'), Float64Array.of(7), 0);
  expect(written(writer)).toBe(
    [
      'x_bucket{a="1",le="0.5"} 1',
      'x_bucket{a="1",le="10"} 3',
      'x_bucket{a="1",le="+Inf"} 6',
      'x_sum{a="1"} 4.5',
      'x_count{a="1"} 6',
      'x_bucket{le="+Inf"} 7',
      'x_count 7',
      '',
    ].join('\n'),
  );
});

test('pieces are full lines, and nothing is lost between them, even where they are written over afterwards', () => {
  const writer = new PageWriter();
  const buffers = new Set<unknown>();
  let expected = '';
  let text = '';
  for (let i = 0; i < 200_000; i++) {
    writer.sample(name, Buffer.from(`i="${i}"`), i);
    expected += `x{i="${i}"} ${i}\n`;
    for (const piece of writer.takeFullPieces()) {
      expect(piece.at(-1)).toBe(10);
      text += piece.toString();
      buffers.add(piece.buffer);
      writer.reuse(piece.fill(0));
    }
  }
  text += writer.takeRest().toString();
  expect(text === expected).toBe(true);
  expect(buffers.size).toBeLessThanOrEqual(2);
});

test('a line longer than any piece is written whole', () => {
  const writer = new PageWriter();
  const label = `a="${'ü'.repeat(2_000_000)}"`;
  writer.text('# short\n');
  writer.sample(name, Buffer.from(label), 1);
  expect(written(writer) === `# short\nx{${label}} 1\n`).toBe(true);
});
