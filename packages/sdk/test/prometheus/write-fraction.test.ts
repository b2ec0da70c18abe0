import { expect, test } from 'vitest';
import { FRACTION_LIMIT, LEAST_FRACTION, writeFraction } from '../../src/prometheus/write-fraction.ts';

function written(value: number): string {
  const bytes = Buffer.alloc(40);
  return bytes.toString('latin1', 0, writeFraction(bytes, 0, value));
}

/** Numbers of the range that have a fraction, spread over all its powers of ten. */
function numbers(count: number, make: (random: () => number) => number): number[] {
  let state = 12_345;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: count }, () => make(random)).filter(
    (value) => value >= LEAST_FRACTION && value < FRACTION_LIMIT && !Number.isInteger(value),
  );
}

const power = (random: () => number) => 10 ** Math.floor(random() * 15 - 5);

test('any number reads back as the same double', () => {
  const all = numbers(300_000, (random) => (random() + random() / 2 ** 30) * power(random));
  expect(all.length).toBeGreaterThan(250_000);
  expect(all.filter((value) => Number(written(value)) !== value)).toEqual([]);
});

test('a number beside a power of ten or a half reads back as the same double', () => {
  const bits = new BigUint64Array(1);
  const double = new Float64Array(bits.buffer);
  const beside = numbers(100_000, (random) => {
    double[0] = power(random) * (random() < 0.5 ? 1 : 0.5);
    bits[0] = (bits[0] ?? 0n) + BigInt(Math.floor(random() * 64) - 32);
    return double[0];
  });
  expect(beside.filter((value) => Number(written(value)) !== value)).toEqual([]);
});

test('a number of up to 15 digits is written with no more than it has', () => {
  const decimals = numbers(100_000, (random) => Math.floor(random() * 10 ** Math.floor(random() * 15)) / 10 ** Math.floor(random() * 12));
  const differing = decimals.filter((value) => value >= 1e-6 && written(value) !== String(value));
  expect(differing.filter((value) => String(value).replace(/^0\.0*|\./, '').length <= 15)).toEqual([]);
});

test('no number takes more than 17 digits', () => {
  const digits = (value: number) => written(value).replace(/^0\.0*|\./, '').length;
  const floats = numbers(100_000, (random) => Math.fround(random() * power(random)));
  expect(Math.max(...floats.map(digits))).toBeLessThanOrEqual(17);
});

test.for([
  [0.1, '0.1'],
  [0.5, '0.5'],
  [0.00001, '0.00001'],
  [0.001, '0.001'],
  [12.75, '12.75'],
  [1 / 3, '0.3333333333333333'],
  [0.1 + 0.2, '0.30000000000000004'],
  [1 + 2 ** -52, '1.0000000000000002'],
  [123_456_789.5, '123456789.5'],
] as const)('%d is written as %s', ([value, text]) => {
  expect(written(value)).toBe(text);
});
