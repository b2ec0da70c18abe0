import type { MetricDefinition } from './definition.ts';
import { genAiDefinitions } from './gen-ai.ts';
import { inferenceDefinitions } from './inference.ts';
import { ownHealthDefinitions } from './own-health.ts';
import { tfjsMemoryDefinitions } from './tfjs-memory.ts';
import { trainingDefinitions } from './training.ts';

/** Every metric of the project, by area: what docs/metrics.md, the golden list and the lint go over. */
export const allDefinitions: Readonly<Record<string, readonly MetricDefinition[]>> = {
  Training: trainingDefinitions,
  Inference: inferenceDefinitions,
  'Language models': genAiDefinitions,
  'TensorFlow.js memory': tfjsMemoryDefinitions,
  'Own health': ownHealthDefinitions,
};
