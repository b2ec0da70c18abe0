import { cpuMode } from './attributes.ts';
import type { MetricDefinition } from './definition.ts';

// OpenTelemetry semantic conventions 1.45, container metrics. They have no limits and no throttling outside of Kubernetes: those are our own.
const stability = 'development';

export const containerCpuTime = {
  name: 'container.cpu.time',
  instrument: 'counter',
  unit: 's',
  description: 'CPU time of all processes in the container, by mode: user and system.',
  attributes: [cpuMode],
  stability,
} as const satisfies MetricDefinition;

export const containerMemoryUsage = {
  name: 'container.memory.usage',
  instrument: 'updowncounter',
  unit: 'By',
  description: 'Memory that the container has in use, cached files included.',
  attributes: [],
  stability,
} as const satisfies MetricDefinition;

export const containerMemoryWorkingSet = {
  name: 'container.memory.working_set',
  instrument: 'updowncounter',
  unit: 'By',
  description: 'Memory that the container has in use, without cached files that have not been used lately.',
  attributes: [],
  stability,
} as const satisfies MetricDefinition;

export const containerMemoryAvailable = {
  name: 'container.memory.available',
  instrument: 'updowncounter',
  unit: 'By',
  description: 'Memory limit of the container without its working set; absent where there is no limit.',
  attributes: [],
  stability,
} as const satisfies MetricDefinition;

export const containerMemoryLimit = {
  name: 'modelmeter.container.memory.limit',
  instrument: 'updowncounter',
  unit: 'By',
  description: 'Memory that the container may use; absent where there is no limit.',
  attributes: [],
  stability,
} as const satisfies MetricDefinition;

export const containerCpuLimit = {
  name: 'modelmeter.container.cpu.limit',
  instrument: 'updowncounter',
  unit: '{cpu}',
  description: 'CPUs that the container may keep busy, with fractions; absent where there is no limit.',
  attributes: [],
  stability,
} as const satisfies MetricDefinition;

export const containerCpuThrottledTime = {
  name: 'modelmeter.container.cpu.throttled_time',
  instrument: 'counter',
  unit: 's',
  description: 'Time that threads of the container, all together, were kept from running because its CPU limit was used up.',
  attributes: [],
  stability,
} as const satisfies MetricDefinition;

export const containerDefinitions = [
  containerCpuTime,
  containerMemoryUsage,
  containerMemoryWorkingSet,
  containerMemoryAvailable,
  containerMemoryLimit,
  containerCpuLimit,
  containerCpuThrottledTime,
] as const;
