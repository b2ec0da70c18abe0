import { cpuMode } from './attributes.ts';
import type { MetricDefinition } from './definition.ts';

// OpenTelemetry semantic conventions 1.45, process metrics.
const stability = 'development';

export const processCpuTime = {
  name: 'process.cpu.time',
  instrument: 'counter',
  unit: 's',
  description: 'CPU time of the process, by mode: user and system.',
  attributes: [cpuMode],
  stability,
} as const satisfies MetricDefinition;

export const processCpuUtilization = {
  name: 'process.cpu.utilization',
  instrument: 'gauge',
  unit: '1',
  description: 'CPU time of the process since the last measurement, divided by the elapsed time and the CPUs available to it.',
  attributes: [cpuMode],
  stability,
} as const satisfies MetricDefinition;

export const processMemoryUsage = {
  name: 'process.memory.usage',
  instrument: 'updowncounter',
  unit: 'By',
  description: 'Physical memory that the process has in use.',
  attributes: [],
  stability,
} as const satisfies MetricDefinition;

export const processUptime = {
  name: 'process.uptime',
  instrument: 'gauge',
  unit: 's',
  description: 'How long the process has been running.',
  attributes: [],
  stability,
} as const satisfies MetricDefinition;

export const processFileDescriptors = {
  name: 'process.unix.file_descriptor.count',
  instrument: 'updowncounter',
  unit: '{file_descriptor}',
  description: 'File descriptors that the process has open.',
  attributes: [],
  stability,
} as const satisfies MetricDefinition;

export const processDefinitions = [
  processCpuTime,
  processCpuUtilization,
  processMemoryUsage,
  processUptime,
  processFileDescriptors,
] as const;
