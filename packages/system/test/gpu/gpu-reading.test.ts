import { expect, test } from 'vitest';
import { GPU_FIELDS, type GpuField, parseGpuReading } from '../../src/gpu/gpu-reading.ts';
import { type GpuCells, gpuLine, H100, H200_IN_MIG_MODE } from './gpu-cells.ts';

const parse = (cells: GpuCells) => parseGpuReading(gpuLine(cells), GPU_FIELDS);

test('a line is read in the units of the metrics', () => {
  expect(parse(H100)).toEqual({
    uuid: 'GPU-1f0e8a52-6f3a-4c1e-9d27-5b8c0a41e9f1',
    index: 0,
    name: 'NVIDIA H100 80GB HBM3',
    isMig: false,
    atMilliseconds: Date.UTC(2026, 8, 1, 20, 47, 29, 320),
    utilization: 0.87,
    encoderUtilization: 0,
    decoderUtilization: 0.25,
    memoryUsedBytes: 20480 * 1024 ** 2,
    memoryTotalBytes: 81920 * 1024 ** 2,
    watts: 412.5,
    celsius: 61,
    memoryCelsius: 72,
    correctedErrors: 3,
    uncorrectedErrors: 0,
  });
});

test('in MIG mode the utilization is not known', () => {
  expect(parse(H200_IN_MIG_MODE)).toMatchObject({
    isMig: true,
    utilization: undefined,
    encoderUtilization: undefined,
    decoderUtilization: undefined,
    memoryUsedBytes: 44 * 1024 ** 2,
    watts: 130.44,
  });
});

test.each([
  '[N/A]',
  'N/A',
  '[Not Supported]',
  '[Unknown Error]',
  '[GPU is lost]',
  '[GPU requires reset]',
  '[Insufficient Permissions]',
  '[Requested functionality has been deprecated]',
  'ERR!',
  '',
  '-5',
  '0x10',
  '1e3',
  'Infinity',
  '87 %',
])('%j is no value, and not 0', (text) => {
  const numeric = GPU_FIELDS.filter(
    (field) => !['uuid', 'name', 'mig.mode.current', 'temperature.gpu', 'temperature.memory'].includes(field),
  );
  const { uuid, name, isMig, celsius, memoryCelsius, ...values } = parse({
    ...H100,
    ...Object.fromEntries(numeric.map((field) => [field, text])),
  }) as NonNullable<ReturnType<typeof parse>>;
  expect([uuid, name, isMig, celsius, memoryCelsius]).toEqual([H100.uuid, H100.name, false, 61, 72]);
  expect(new Set(Object.values(values))).toEqual(new Set([undefined]));
});

test('a temperature may be below zero', () => {
  expect(parse({ ...H100, 'temperature.gpu': '-12' })).toMatchObject({ celsius: -12 });
});

test('a utilization above 100 % is not known', () => {
  expect(parse({ ...H100, 'utilization.gpu': '101' })).toMatchObject({ utilization: undefined });
});

test('a name may have commas, because it is last and nothing is quoted', () => {
  expect(parse({ ...H100, name: 'NVIDIA Graphics Device, Rev. 2, 24GB' })).toMatchObject({
    name: 'NVIDIA Graphics Device, Rev. 2, 24GB',
    watts: 412.5,
  });
});

test.each(['[N/A]', '[Unknown Error]', 'ERR!', ''])('%j is no name', (name) => {
  expect(parse({ ...H100, name })).toMatchObject({ name: undefined, watts: 412.5 });
});

test('a field that was not asked for is not known', () => {
  const fields = GPU_FIELDS.filter((field) => !(['utilization.encoder', 'timestamp'] as GpuField[]).includes(field));
  expect(parseGpuReading(gpuLine(H100, fields), fields)).toMatchObject({
    encoderUtilization: undefined,
    atMilliseconds: undefined,
    decoderUtilization: 0.25,
    name: 'NVIDIA H100 80GB HBM3',
  });
});

test.each([
  '',
  'No devices were found',
  GPU_FIELDS.join(', '),
  gpuLine({ ...H100, uuid: '[GPU is lost]' }),
  gpuLine({ ...H100, uuid: '[N/A]' }),
  gpuLine(H100).split(', ').slice(0, -1).join(', '),
  gpuLine(H100).slice(9),
  ','.repeat(40),
])('%j is about no GPU', (line) => {
  expect(parseGpuReading(line, GPU_FIELDS)).toBeUndefined();
});
