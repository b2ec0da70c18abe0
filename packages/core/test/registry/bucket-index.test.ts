import { describe, expect, test } from 'vitest';
import { allDefinitions } from '../../src/index.ts';
import { BucketIndex, bucketIndexOf } from '../../src/registry/bucket-index.ts';
import { PseudoRandom } from '../pseudo-random.ts';

/** The obvious way: the first bucket whose bound is not below the value. */
function linearSearch(bounds: readonly number[], value: number): number {
  const bucket = bounds.findIndex((bound) => value <= bound);
  return bucket === -1 ? bounds.length : bucket;
}

function ulpsAround(value: number): number[] {
  const bits = new BigInt64Array(new Float64Array([value]).buffer)[0] as bigint;
  return [-2n, -1n, 0n, 1n, 2n]
    .map((ulps) => new Float64Array(new BigInt64Array([bits + ulps]).buffer)[0] as number)
    .filter((near) => near >= 0 && Number.isFinite(near));
}

const EXTREMES = [0, -0, Number.MIN_VALUE, 1e-320, 2 ** -1022, 2 ** -1023, Number.EPSILON, 0.1, 1, 2 ** 53, 1e300, Number.MAX_VALUE];

/** Where linear search and the index differ, over random values of all magnitudes, those near the bounds, and the extremes. */
function differences(bounds: readonly number[], random: PseudoRandom, count: number): unknown[] {
  const index = new BucketIndex(bounds);
  const [low = 0, high = 1] = [bounds[0], bounds.at(-1)];
  const values = [...EXTREMES, ...bounds.flatMap(ulpsAround)];
  for (let i = 0; i < count; i++) values.push(random.double(), low + random.fraction() * (high - low));
  return values
    .filter((value) => index.of(value) !== linearSearch(bounds, value))
    .map((value) => ({ bounds, value, bucket: index.of(value) }));
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

describe('the bucket index agrees with linear search', () => {
  const random = new PseudoRandom(20_260_801);

  test('over the bounds of every histogram that is defined', () => {
    const lists = Object.values(allDefinitions).flatMap((area) => area.flatMap(({ bounds }) => (bounds ? [bounds] : [])));
    expect(lists.length).toBeGreaterThan(2);
    expect(lists.flatMap((bounds) => differences(bounds, random, 2000))).toEqual([]);
  });

  test('over 500 random lists of bounds of all magnitudes', () => {
    const lists = Array.from({ length: 500 }, (_, i) => ascending(Array.from({ length: i % 40 }, () => random.double())));
    expect(lists.flatMap((bounds) => differences(bounds, random, 50))).toEqual([]);
  });

  test('over 200 random lists of bounds of one magnitude', () => {
    const lists = Array.from({ length: 200 }, (_, i) =>
      ascending(Array.from({ length: 1 + (i % 20) }, () => 1 + random.fraction() / 2 ** (i % 50))),
    );
    expect(lists.flatMap((bounds) => differences(bounds, random, 50))).toEqual([]);
  });

  test.each([
    ['no bound', []],
    ['the bound 0', [0]],
    ['the bound -0', [-0, 1]],
    ['the smallest bounds there are', [0, Number.MIN_VALUE, 2 * Number.MIN_VALUE]],
    ['the largest bound there is', [Number.MAX_VALUE]],
    ['bounds from one end to the other', [0, Number.MIN_VALUE, 2 ** -1022, 1, 1e300, Number.MAX_VALUE]],
    ['neighbouring numbers', ulpsAround(1)],
    ['a thousand bounds', Array.from({ length: 1000 }, (_, i) => i / 10)],
  ])('over %s', (_, bounds) => {
    expect(differences(bounds, random, 500)).toEqual([]);
  });
});

test('the comparison finds an index of other bounds', () => {
  const index = new BucketIndex([1, 2]);
  expect(ulpsAround(2).some((value) => index.of(value) !== linearSearch([1, 2.0000000000000004], value))).toBe(true);
});

test('a list of bounds has one index, whoever asks for it', () => {
  const bounds = [0.5, 1];
  expect(bucketIndexOf(bounds)).toBe(bucketIndexOf(bounds));
  expect(bucketIndexOf(bounds).bounds).toEqual(bounds);
  expect(bucketIndexOf([0.5, 2])).not.toBe(bucketIndexOf(bounds));
});
