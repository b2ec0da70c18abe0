import { containerDefinitions } from './container.ts';
import type { MetricDefinition } from './definition.ts';
import { genAiDefinitions } from './gen-ai.ts';
import { gpuDefinitions } from './gpu.ts';
import { hostDefinitions } from './host.ts';
import { inferenceDefinitions } from './inference.ts';
import { ownHealthDefinitions } from './own-health.ts';
import { processDefinitions } from './process.ts';
import { tfjsMemoryDefinitions } from './tfjs-memory.ts';
import { trainingDefinitions } from './training.ts';

/** Every metric of the project, by area: what docs/metrics.md, the golden list and the lint go over. */
export const allDefinitions: Readonly<Record<string, readonly MetricDefinition[]>> = {
  Training: trainingDefinitions,
  Inference: inferenceDefinitions,
  'Language models': genAiDefinitions,
  'TensorFlow.js memory': tfjsMemoryDefinitions,
  GPU: gpuDefinitions,
  Process: processDefinitions,
  Host: hostDefinitions,
  Container: containerDefinitions,
  'Own health': ownHealthDefinitions,
};
