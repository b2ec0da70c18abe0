import {
  errorType,
  inferenceStage,
  modelMethod,
  modelName,
  modelRevision,
  modelVersion,
  operationName,
  systemName,
  timing,
} from './attributes.ts';
import type { MetricDefinition } from './definition.ts';

/** Seconds; those of OpenTelemetry's `http.server.request.duration`, with two finer ones below and two coarser ones above. */
const REQUEST_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60];

export const inferenceDuration = {
  name: 'ml.inference.duration',
  instrument: 'histogram',
  unit: 's',
  description: 'Time that an inference request took, until its result was there or its stream ended.',
  attributes: [modelName, operationName, timing],
  optionalAttributes: [modelVersion, errorType],
  bounds: REQUEST_SECONDS,
} as const satisfies MetricDefinition;

export const inferenceErrors = {
  name: 'ml.inference.errors',
  instrument: 'counter',
  unit: '{error}',
  description: 'Inference requests that failed, by class of error.',
  attributes: [modelName, operationName, errorType],
  optionalAttributes: [modelVersion],
} as const satisfies MetricDefinition;

export const inferenceActiveRequests = {
  name: 'ml.inference.active_requests',
  instrument: 'updowncounter',
  unit: '{request}',
  description: 'Inference requests in flight.',
  attributes: [modelName, operationName],
} as const satisfies MetricDefinition;

export const inferenceBatchSize = {
  name: 'ml.inference.batch.size',
  instrument: 'histogram',
  unit: '{sample}',
  description: 'Samples of a request; the sum is all samples.',
  attributes: [modelName],
  optionalAttributes: [modelVersion],
  bounds: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
} as const satisfies MetricDefinition;

export const inferenceStageDuration = {
  name: 'ml.inference.stage.duration',
  instrument: 'histogram',
  unit: 's',
  description: 'Time that a stage of a request took. Stages may lie within others or run side by side.',
  attributes: [modelName, inferenceStage],
  bounds: REQUEST_SECONDS,
} as const satisfies MetricDefinition;

export const inferenceQueueSize = {
  name: 'ml.inference.queue.size',
  instrument: 'updowncounter',
  unit: '{request}',
  description: 'Requests that wait for a place in a batch.',
  attributes: [modelName],
} as const satisfies MetricDefinition;

export const inferenceObjectiveMisses = {
  name: 'ml.inference.objective.misses',
  instrument: 'counter',
  unit: '{request}',
  description: 'Requests that were slower than the objective, or failed in a way that counts against it.',
  attributes: [modelName],
  optionalAttributes: [modelVersion],
} as const satisfies MetricDefinition;

export const inferenceObjectiveLatency = {
  name: 'ml.inference.objective.latency',
  instrument: 'gauge',
  unit: 's',
  description: 'Latency objective: how long a request may take.',
  attributes: [modelName],
} as const satisfies MetricDefinition;

export const inferenceObjectiveTarget = {
  name: 'ml.inference.objective.target',
  instrument: 'gauge',
  unit: '1',
  description: 'Share of requests that are to meet the objective.',
  attributes: [modelName],
} as const satisfies MetricDefinition;

export const inferenceTimeToFirstChunk = {
  name: 'ml.inference.time_to_first_chunk',
  instrument: 'histogram',
  unit: 's',
  description: 'Time from the request to the first chunk of its stream.',
  attributes: [modelName],
  optionalAttributes: [modelVersion],
  // OpenTelemetry GenAI semantic conventions, gen_ai.server.time_to_first_token.
  bounds: [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
} as const satisfies MetricDefinition;

export const modelCallDuration = {
  name: 'ml.model.call.duration',
  instrument: 'histogram',
  unit: 's',
  description: 'Time that a call of a method of a model took.',
  attributes: [modelName, modelMethod, timing],
  bounds: REQUEST_SECONDS,
} as const satisfies MetricDefinition;

export const modelLoadDuration = {
  name: 'ml.model.load.duration',
  instrument: 'histogram',
  unit: 's',
  description: 'Time that loading a model took.',
  attributes: [modelName],
  optionalAttributes: [modelVersion, errorType],
  bounds: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300],
} as const satisfies MetricDefinition;

export const modelWarmupDuration = {
  name: 'ml.model.warmup.duration',
  instrument: 'gauge',
  unit: 's',
  description: 'Time that the last explicit warm-up took.',
  attributes: [modelName],
  optionalAttributes: [modelVersion],
} as const satisfies MetricDefinition;

export const modelParameters = {
  name: 'ml.model.parameters',
  instrument: 'gauge',
  unit: '{parameter}',
  description: 'Parameters of the model, trainable or not.',
  attributes: [modelName],
  optionalAttributes: [modelVersion],
} as const satisfies MetricDefinition;

export const modelInfo = {
  name: 'ml.model.info',
  instrument: 'gauge',
  unit: '',
  description: 'Always 1; says which version of a model is in service, and what runs it.',
  attributes: [modelName],
  optionalAttributes: [modelVersion, systemName, modelRevision],
} as const satisfies MetricDefinition;

export const inferenceDefinitions = [
  inferenceDuration,
  inferenceErrors,
  inferenceActiveRequests,
  inferenceBatchSize,
  inferenceStageDuration,
  inferenceQueueSize,
  inferenceObjectiveMisses,
  inferenceObjectiveLatency,
  inferenceObjectiveTarget,
  inferenceTimeToFirstChunk,
  modelCallDuration,
  modelLoadDuration,
  modelWarmupDuration,
  modelParameters,
  modelInfo,
] as const;
