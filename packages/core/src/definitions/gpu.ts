import { errorType, hwGpuTask, hwId, hwName, hwSensorLocation, hwType, hwVendor } from './attributes.ts';
import type { MetricDefinition } from './definition.ts';

// Metrics of GPUs: names, instruments, units, descriptions and attributes are those of OpenTelemetry's semantic conventions 1.45,
// docs/hardware/gpu.md, common.md and temperature.md. They ask for hw.type on each metric of a GPU. On hw.temperature it is an addition of
// ours: hw.id is that of the GPU, so that all of its metrics join on it. Errors are those of ECC since the driver was loaded, error.type corrected
// or uncorrected. Energy is added up from the power. hw.status is left out: nvidia-smi says nothing of a state.

const stability = 'development';
const attributes = [hwId, hwType] as const;

export const gpuUtilization = {
  name: 'hw.gpu.utilization',
  instrument: 'gauge',
  unit: '1',
  description: 'Fraction of time spent in a specific task.',
  attributes: [hwId, hwType, hwGpuTask],
  optionalAttributes: [hwName, hwVendor],
  stability,
} as const satisfies MetricDefinition;

export const gpuMemoryUsage = {
  name: 'hw.gpu.memory.usage',
  instrument: 'updowncounter',
  unit: 'By',
  description: 'GPU memory used.',
  attributes,
  optionalAttributes: [hwName, hwVendor],
  stability,
} as const satisfies MetricDefinition;

export const gpuMemoryLimit = {
  name: 'hw.gpu.memory.limit',
  instrument: 'updowncounter',
  unit: 'By',
  description: 'Size of the GPU memory.',
  attributes,
  optionalAttributes: [hwName, hwVendor],
  stability,
} as const satisfies MetricDefinition;

export const gpuMemoryUtilization = {
  name: 'hw.gpu.memory.utilization',
  instrument: 'gauge',
  unit: '1',
  description: 'Fraction of GPU memory used.',
  attributes,
  optionalAttributes: [hwName, hwVendor],
  stability,
} as const satisfies MetricDefinition;

export const hardwarePower = {
  name: 'hw.power',
  instrument: 'gauge',
  unit: 'W',
  description: 'Instantaneous power consumed by the component.',
  attributes,
  optionalAttributes: [hwName],
  stability,
} as const satisfies MetricDefinition;

export const hardwareEnergy = {
  name: 'hw.energy',
  instrument: 'counter',
  unit: 'J',
  description: 'Energy consumed by the component.',
  attributes,
  optionalAttributes: [hwName],
  stability,
} as const satisfies MetricDefinition;

export const hardwareTemperature = {
  name: 'hw.temperature',
  instrument: 'gauge',
  unit: 'Cel',
  description: 'Temperature in degrees Celsius.',
  attributes: [hwId, hwType, hwSensorLocation],
  optionalAttributes: [hwName],
  stability,
} as const satisfies MetricDefinition;

export const hardwareErrors = {
  name: 'hw.errors',
  instrument: 'counter',
  unit: '{error}',
  description: 'Number of errors encountered by the component.',
  attributes: [hwId, hwType, errorType],
  optionalAttributes: [hwName],
  stability,
} as const satisfies MetricDefinition;

export const gpuDefinitions = [
  gpuUtilization,
  gpuMemoryUsage,
  gpuMemoryLimit,
  gpuMemoryUtilization,
  hardwarePower,
  hardwareEnergy,
  hardwareTemperature,
  hardwareErrors,
] as const;
