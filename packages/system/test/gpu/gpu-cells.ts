import { GPU_FIELDS, type GpuField } from '../../src/gpu/gpu-reading.ts';

/** What nvidia-smi prints for one GPU, by field. */
export type GpuCells = Readonly<Partial<Record<GpuField, string>>>;

// Which fields there are, and that MIG mode has no utilization: `nvidia-smi --help-query-gpu`, driver 610.43.02. The way of writing, `[N/A]` and
// the values of an H200 in MIG mode: captures of github.com/utkuozdemir/nvidia_gpu_exporter, internal/captures, with their UUIDs changed.

export const H100: GpuCells = {
  uuid: 'GPU-1f0e8a52-6f3a-4c1e-9d27-5b8c0a41e9f1',
  index: '0',
  timestamp: '2026/09/01 20:47:29.320',
  'mig.mode.current': 'Disabled',
  'utilization.gpu': '87',
  'utilization.encoder': '0',
  'utilization.decoder': '25',
  'memory.used': '20480',
  'memory.total': '81920',
  'power.draw': '412.50',
  'temperature.gpu': '61',
  'temperature.memory': '72',
  'ecc.errors.corrected.volatile.total': '3',
  'ecc.errors.uncorrected.volatile.total': '0',
  name: 'NVIDIA H100 80GB HBM3',
};

export const H200_IN_MIG_MODE: GpuCells = {
  ...H100,
  uuid: 'GPU-2c9b7d10-0e55-47aa-8f3b-c1d2e3f40516',
  index: '1',
  'mig.mode.current': 'Enabled',
  'utilization.gpu': '[N/A]',
  'utilization.encoder': '[N/A]',
  'utilization.decoder': '[N/A]',
  'memory.used': '44',
  'memory.total': '143771',
  'power.draw': '130.44',
  'temperature.gpu': '40',
  'temperature.memory': '39',
  'ecc.errors.corrected.volatile.total': '0',
  name: 'NVIDIA H200',
};

/** A line of `--format=csv,noheader,nounits`. */
export function gpuLine(cells: GpuCells, fields: readonly GpuField[] = GPU_FIELDS): string {
  return fields.map((field) => cells[field] ?? '[N/A]').join(', ');
}
