import { describe, expect, test } from 'vitest';
import { Slab } from '../../src/registry/slab.ts';

describe('a slab', () => {
  test('gives each slot numbers of its own, in few chunks', () => {
    const slab = new Slab();
    const slots = Array.from({ length: 3000 }, (_, i) => slab.allocate(1 + (i % 24)));
    const places = slots.flatMap(({ chunk, offset, width }) => Array.from({ length: width }, (_, i) => `${chunk}:${offset + i}`));
    expect(new Set(places).size).toBe(places.length);
    for (const slot of slots) expect(slot.offset + slot.width).toBeLessThanOrEqual(slot.numbers.length);
    expect(slab.copy().length).toBe(Math.max(...slots.map(({ chunk }) => chunk)) + 1);
    expect(slab.copy().length).toBeLessThanOrEqual(Math.ceil(places.length / (4096 - 24)));
  });

  test('uses a free slot again for the same width only', () => {
    const slab = new Slab();
    const [narrow, wide] = [slab.allocate(1), slab.allocate(8)];
    slab.free(narrow);
    slab.free(wide);
    expect(slab.allocate(4)).not.toBe(narrow);
    expect(slab.allocate(8)).toBe(wide);
    expect(slab.allocate(1)).toBe(narrow);
    expect(slab.allocate(1)).not.toBe(narrow);
  });

  test('does not grow while as many slots come as go', () => {
    const slab = new Slab();
    const slots = Array.from({ length: 100 }, () => slab.allocate(20));
    const chunks = slab.copy().length;
    for (let i = 0; i < 10_000; i++) {
      slab.free(slots[i % 100] as (typeof slots)[number]);
      slots[i % 100] = slab.allocate(20);
    }
    expect(slab.copy().length).toBe(chunks);
  });

  test('gives copies that later numbers do not reach, while its chunks stay where they are', () => {
    const slab = new Slab();
    const slot = slab.allocate(1);
    const { numbers, offset } = slot;
    numbers[offset] = 1;
    const [copy] = slab.copy();
    numbers[offset] = 2;
    for (let i = 0; i < 5000; i++) slab.allocate(1);
    expect(copy?.[offset]).toBe(1);
    expect(slot.numbers).toBe(numbers);
  });
});
