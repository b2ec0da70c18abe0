import { expect, test } from 'vitest';
import { visibleDevices } from '../../src/gpu/visible-devices.ts';

const gpus = [
  { uuid: 'GPU-1f0e8a52-6f3a-4c1e-9d27-5b8c0a41e9f1', index: 0, isMig: false },
  { uuid: 'GPU-2c9b7d10-0e55-47aa-8f3b-c1d2e3f40516', index: 1, isMig: true },
  { uuid: 'GPU-2d000000-0e55-47aa-8f3b-c1d2e3f40516', index: 2, isMig: false },
];

test.each<[value: string, indexes: number[]]>([
  ['0', [0]],
  ['2,0', [0, 2]],
  [' 1 , 2 ', [1, 2]],
  ['0,0', [0]],
  ['0,-1,2', [0]],
  ['0,none,2', [0]],
  ['7', []],
  ['GPU-1f0e8a52', [0]],
  ['GPU-2', [1, 2]],
  ['gpu-2C9B', [1]],
  ['GPU-2c9b7d10-0e55-47aa-8f3b-c1d2e3f40516,0', [0, 1]],
  ['GPU-ffff', []],
  ['MIG-f165f0ad-bde2-5b72-acdf-73bbf48eeb2c', [1]],
  ['MIG-GPU-2d000000-0e55-47aa-8f3b-c1d2e3f40516/1/0', [2]],
])('%j shows %j', (value, indexes) => {
  const isVisible = visibleDevices(value);
  expect(isVisible).toBeDefined();
  expect(gpus.filter((gpu) => isVisible?.(gpu)).map(({ index }) => index)).toEqual(indexes);
});

test.each(['', ' ', '-1', '-1,0', 'NoDevFiles', 'none', ','])('%j shows none', (value) => {
  expect(visibleDevices(value)).toBeUndefined();
});
