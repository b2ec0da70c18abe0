import { modelName, tfjsBackend } from './attributes.ts';
import { defineMetric } from './definition.ts';

const stability = 'development';

export const tfjsMemoryTensors = defineMetric({
  name: 'tfjs.memory.tensors',
  instrument: 'updowncounter',
  unit: '{tensor}',
  description: 'Tensors alive, without those that the History of a running fit holds.',
  attributes: [tfjsBackend],
  stability,
});

export const tfjsMemoryUsage = defineMetric({
  name: 'tfjs.memory.usage',
  instrument: 'updowncounter',
  unit: 'By',
  description: 'Memory of the tensors alive.',
  attributes: [tfjsBackend],
  stability,
});

export const tfjsMemoryGpuUsage = defineMetric({
  name: 'tfjs.memory.gpu.usage',
  instrument: 'updowncounter',
  unit: 'By',
  description: 'GPU memory of the tensors alive; absent on back ends that do not tell.',
  attributes: [tfjsBackend],
  stability,
});

export const tfjsMemoryLeakedTensors = defineMetric({
  name: 'tfjs.memory.leaked_tensors',
  instrument: 'counter',
  unit: '{tensor}',
  description: 'Tensors that calls of a model left behind beyond those that they returned.',
  attributes: [modelName],
  stability,
});

export const tfjsMemoryDefinitions = [tfjsMemoryTensors, tfjsMemoryUsage, tfjsMemoryGpuUsage, tfjsMemoryLeakedTensors] as const;
