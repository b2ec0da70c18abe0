import { describe, expect, test } from 'vitest';
import { BucketIndexes } from '../../src/registry/bucket-indexes.ts';

describe('the bucket indexes of a registry', () => {
  test('give one index for equal lists of bounds', () => {
    const indexes = new BucketIndexes();
    const index = indexes.take([0.5, 1]);
    expect(indexes.take([0.5, 1])).toBe(index);
    expect(indexes.take([0.5, 1, 2])).not.toBe(index);
    expect(indexes.take([0.5])).not.toBe(index);
    expect(indexes.take([])).not.toBe(index);
  });

  test('tell lists apart that differ in the last bit of a bound', () => {
    const indexes = new BucketIndexes();
    expect(indexes.take([1])).not.toBe(indexes.take([1 + Number.EPSILON]));
  });

  test('keep an index as long as somebody has it, and no longer', () => {
    const indexes = new BucketIndexes();
    const index = indexes.take([1]);
    indexes.take([1]);
    indexes.release(index);
    expect(indexes.take([1])).toBe(index);
    indexes.release(index);
    indexes.release(index);
    expect(indexes.take([1])).not.toBe(index);
  });
});
