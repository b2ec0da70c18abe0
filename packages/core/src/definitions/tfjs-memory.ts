import { modelName, tfjsBackend } from './attributes.ts';
import type { MetricDefinition } from './definition.ts';

export const tfjsMemoryTensors = {
  name: 'tfjs.memory.tensors',
  instrument: 'updowncounter',
  unit: '{tensor}',
  description: 'Tensors alive.',
  attributes: [tfjsBackend],
} as const satisfies MetricDefinition;

export const tfjsMemoryUsage = {
  name: 'tfjs.memory.usage',
  instrument: 'updowncounter',
  unit: 'By',
  description: 'Memory of the tensors alive.',
  attributes: [tfjsBackend],
} as const satisfies MetricDefinition;

export const tfjsMemoryGpuUsage = {
  name: 'tfjs.memory.gpu.usage',
  instrument: 'updowncounter',
  unit: 'By',
  description: 'GPU memory of the tensors alive.',
  attributes: [tfjsBackend],
} as const satisfies MetricDefinition;

export const tfjsMemoryLeakedTensors = {
  name: 'tfjs.memory.leaked_tensors',
  instrument: 'counter',
  unit: '{tensor}',
  description: 'Tensors that calls of a model left behind beyond those that they returned.',
  attributes: [modelName],
} as const satisfies MetricDefinition;

export const tfjsMemoryDefinitions = [tfjsMemoryTensors, tfjsMemoryUsage, tfjsMemoryGpuUsage, tfjsMemoryLeakedTensors] as const;
