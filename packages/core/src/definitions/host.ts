import {
  cpuMode,
  diskIoDirection,
  filesystemMode,
  filesystemMountpoint,
  filesystemState,
  filesystemType,
  memoryState,
  networkInterfaceName,
  networkIoDirection,
  systemDeviceName,
} from './attributes.ts';
import type { MetricDefinition } from './definition.ts';

// OpenTelemetry semantic conventions 1.45, system metrics. CPUs are added up: `cpu.logical_number`, which is opt-in there, would make
// fourteen series for each CPU of a large host.
const stability = 'development';

export const systemCpuTime = {
  name: 'system.cpu.time',
  instrument: 'counter',
  unit: 's',
  description: 'Time that the CPUs of the host have spent, all together, by mode.',
  attributes: [cpuMode],
  stability,
} as const satisfies MetricDefinition;

export const systemCpuUtilization = {
  name: 'system.cpu.utilization',
  instrument: 'gauge',
  unit: '1',
  description: 'Share of the time of all CPUs since the last measurement, by mode; the modes, idle among them, add up to 1.',
  attributes: [cpuMode],
  stability,
} as const satisfies MetricDefinition;

export const systemMemoryUsage = {
  name: 'system.memory.usage',
  instrument: 'updowncounter',
  unit: 'By',
  description: 'Memory of the host, by state; the states add up to the limit.',
  attributes: [memoryState],
  stability,
} as const satisfies MetricDefinition;

export const systemMemoryLimit = {
  name: 'system.memory.limit',
  instrument: 'updowncounter',
  unit: 'By',
  description: 'Memory that the host has.',
  attributes: [],
  stability,
} as const satisfies MetricDefinition;

export const systemMemoryUtilization = {
  name: 'system.memory.utilization',
  instrument: 'gauge',
  unit: '1',
  description: 'Share of the memory of the host, by state.',
  attributes: [memoryState],
  stability,
} as const satisfies MetricDefinition;

const filesystem = [systemDeviceName, filesystemMountpoint, filesystemType, filesystemMode] as const;

export const systemFilesystemUsage = {
  name: 'system.filesystem.usage',
  instrument: 'updowncounter',
  unit: 'By',
  description: 'Space of a file system, by state; the states add up to the limit.',
  attributes: [filesystemState, ...filesystem],
  stability,
} as const satisfies MetricDefinition;

export const systemFilesystemLimit = {
  name: 'system.filesystem.limit',
  instrument: 'updowncounter',
  unit: 'By',
  description: 'Space that a file system has.',
  attributes: filesystem,
  stability,
} as const satisfies MetricDefinition;

export const systemFilesystemUtilization = {
  name: 'system.filesystem.utilization',
  instrument: 'gauge',
  unit: '1',
  description: 'Share of the space of a file system, by state.',
  attributes: [filesystemState, ...filesystem],
  stability,
} as const satisfies MetricDefinition;

export const systemDiskIo = {
  name: 'system.disk.io',
  instrument: 'counter',
  unit: 'By',
  description: 'Bytes read from and written to a disk.',
  attributes: [systemDeviceName, diskIoDirection],
  stability,
} as const satisfies MetricDefinition;

export const systemNetworkIo = {
  name: 'system.network.io',
  instrument: 'counter',
  unit: 'By',
  description: 'Bytes received and transmitted by a network interface.',
  attributes: [networkInterfaceName, networkIoDirection],
  stability,
} as const satisfies MetricDefinition;

export const hostDefinitions = [
  systemCpuTime,
  systemCpuUtilization,
  systemMemoryUsage,
  systemMemoryLimit,
  systemMemoryUtilization,
  systemFilesystemUsage,
  systemFilesystemLimit,
  systemFilesystemUtilization,
  systemDiskIo,
  systemNetworkIo,
] as const;
