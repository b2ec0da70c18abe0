import util from 'node:util';
import { afterEach, expect, test } from 'vitest';

type Check = (value: unknown) => boolean;
const mutable = util as unknown as Partial<Record<'isNullOrUndefined' | 'isArray', Check>>;
const { isNullOrUndefined, isArray } = mutable;

afterEach(() => {
  Object.assign(mutable, { isNullOrUndefined, isArray });
});

test('it gives node:util what tfjs-node needs and Node removed, and keeps what is there', async () => {
  const own: Check = () => true;
  delete mutable.isNullOrUndefined;
  mutable.isArray = own;
  await import('../src/node-polyfill.ts');
  expect([null, undefined, 0, ''].map((value) => mutable.isNullOrUndefined?.(value))).toEqual([true, true, false, false]);
  expect(mutable.isArray).toBe(own);
});
