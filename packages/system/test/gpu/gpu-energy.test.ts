import { expect, test } from 'vitest';
import { GpuEnergy } from '../../src/gpu/gpu-energy.ts';
import { GPU_FIELDS, type GpuReading, parseGpuReading } from '../../src/gpu/gpu-reading.ts';
import { gpuLine, H100 } from './gpu-cells.ts';

const reading = parseGpuReading(gpuLine(H100), GPU_FIELDS) as GpuReading;
const at = (seconds: number, watts: number | undefined) => ({ ...reading, atMilliseconds: seconds * 1000, watts });

/** What the energy is after each reading. */
function energyAfter(...readings: GpuReading[]): (number | undefined)[] {
  const energy = new GpuEnergy(15);
  return readings.map((one) => energy.add(one));
}

test('energy is the mean power of two readings times the time between them', () => {
  expect(energyAfter(at(1000, 100), at(1005, 200), at(1010, 200))).toEqual([0, 750, 1750]);
});

test('nothing is added for a gap, for a clock that was set back, and while the power or the time is not known', () => {
  expect(energyAfter(at(1000, 100), at(1016, 100), at(900, 100), at(905, 100))).toEqual([0, 0, 0, 500]);
  expect(energyAfter(at(1000, 100), at(1005, undefined), at(1010, 100), at(1011, 100))).toEqual([0, undefined, 0, 100]);
  expect(energyAfter(at(1000, 100), { ...reading, atMilliseconds: undefined }, at(1010, 100))).toEqual([0, 0, 0]);
});

test('a GPU that does not tell its power has no energy', () => {
  expect(energyAfter(at(1000, undefined), at(1005, undefined))).toEqual([undefined, undefined]);
});
