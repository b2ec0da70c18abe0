import {
  batchSize,
  datasetSplit,
  errorType,
  layerName,
  metricName,
  modelName,
  optimizerName,
  outputName,
  runId,
  tfjsBackend,
  timing,
  trainingActivity,
  trainingResult,
} from './attributes.ts';
import type { MetricDefinition } from './definition.ts';

export const trainingLoss = {
  name: 'ml.training.loss',
  instrument: 'gauge',
  unit: '',
  description: 'Loss of the last finished epoch.',
  attributes: [modelName, datasetSplit],
  optionalAttributes: [outputName, runId],
} as const satisfies MetricDefinition;

export const trainingBatchLoss = {
  name: 'ml.training.batch.loss',
  instrument: 'gauge',
  unit: '',
  description: 'Loss of a batch, sampled.',
  attributes: [modelName],
  optionalAttributes: [runId],
} as const satisfies MetricDefinition;

export const trainingAccuracy = {
  name: 'ml.training.accuracy',
  instrument: 'gauge',
  unit: '1',
  description: 'Accuracy of the last finished epoch.',
  attributes: [modelName, datasetSplit],
  optionalAttributes: [outputName, runId],
} as const satisfies MetricDefinition;

export const trainingMetric = {
  name: 'ml.training.metric',
  instrument: 'gauge',
  unit: '',
  description: 'Another metric of the last finished epoch.',
  attributes: [modelName, datasetSplit, metricName],
  optionalAttributes: [outputName, runId],
} as const satisfies MetricDefinition;

export const trainingEpoch = {
  name: 'ml.training.epoch',
  instrument: 'gauge',
  unit: '{epoch}',
  description: 'Epochs finished.',
  attributes: [modelName],
  optionalAttributes: [runId],
} as const satisfies MetricDefinition;

export const trainingEpochsWithoutImprovement = {
  name: 'ml.training.epochs_without_improvement',
  instrument: 'gauge',
  unit: '{epoch}',
  description: 'Epochs since the monitored value last improved, by the rules of EarlyStopping.',
  attributes: [modelName],
  optionalAttributes: [runId],
} as const satisfies MetricDefinition;

export const trainingProgress = {
  name: 'ml.training.progress',
  instrument: 'gauge',
  unit: '1',
  description: 'Steps done of the steps planned.',
  attributes: [modelName],
  optionalAttributes: [runId],
} as const satisfies MetricDefinition;

export const trainingLearningRate = {
  name: 'ml.training.learning_rate',
  instrument: 'gauge',
  unit: '',
  description: 'Learning rate.',
  attributes: [modelName],
  optionalAttributes: [runId],
} as const satisfies MetricDefinition;

export const trainingRunStartTime = {
  name: 'ml.training.run.start_time',
  instrument: 'gauge',
  unit: 's',
  description: 'When the run began, in Unix time.',
  attributes: [modelName],
  optionalAttributes: [runId],
} as const satisfies MetricDefinition;

export const trainingRunEndTime = {
  name: 'ml.training.run.end_time',
  instrument: 'gauge',
  unit: 's',
  description: 'When the run ended, in Unix time.',
  attributes: [modelName],
  optionalAttributes: [runId],
} as const satisfies MetricDefinition;

export const trainingLastStepTime = {
  name: 'ml.training.last_step.time',
  instrument: 'gauge',
  unit: 's',
  description: 'When the last step finished, in Unix time.',
  attributes: [modelName],
  optionalAttributes: [runId],
} as const satisfies MetricDefinition;

export const trainingRunInfo = {
  name: 'ml.training.run.info',
  instrument: 'gauge',
  unit: '',
  description: 'What a run is made of.',
  attributes: [modelName],
  optionalAttributes: [trainingResult, optimizerName, batchSize, tfjsBackend, runId],
} as const satisfies MetricDefinition;

export const trainingStepDuration = {
  name: 'ml.training.step.duration',
  instrument: 'histogram',
  unit: 's',
  description: 'Duration of a training step.',
  attributes: [modelName, timing],
  bounds: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300],
} as const satisfies MetricDefinition;

export const trainingEpochDuration = {
  name: 'ml.training.epoch.duration',
  instrument: 'histogram',
  unit: 's',
  description: 'Duration of an epoch.',
  attributes: [modelName],
  bounds: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 30, 60, 300, 900, 1800, 3600, 7200],
} as const satisfies MetricDefinition;

export const trainingRunDuration = {
  name: 'ml.training.run.duration',
  instrument: 'histogram',
  unit: 's',
  description: 'Duration of a finished run.',
  attributes: [modelName, trainingResult],
  optionalAttributes: [errorType],
  bounds: [1, 5, 15, 60, 300, 900, 1800, 3600, 7200, 14400, 28800, 86400],
} as const satisfies MetricDefinition;

export const trainingRuns = {
  name: 'ml.training.runs',
  instrument: 'counter',
  unit: '{run}',
  description: 'Runs finished, by result.',
  attributes: [modelName, trainingResult],
} as const satisfies MetricDefinition;

export const trainingRunActive = {
  name: 'ml.training.run.active',
  instrument: 'updowncounter',
  unit: '{run}',
  description: 'Runs in progress.',
  attributes: [modelName],
} as const satisfies MetricDefinition;

export const trainingSteps = {
  name: 'ml.training.steps',
  instrument: 'counter',
  unit: '{step}',
  description: 'Training steps finished.',
  attributes: [modelName],
} as const satisfies MetricDefinition;

export const trainingSamples = {
  name: 'ml.training.samples',
  instrument: 'counter',
  unit: '{sample}',
  description: 'Samples trained on.',
  attributes: [modelName],
} as const satisfies MetricDefinition;

export const trainingTime = {
  name: 'ml.training.time',
  instrument: 'counter',
  unit: 's',
  description: 'Time of runs, by activity.',
  attributes: [modelName, trainingActivity],
} as const satisfies MetricDefinition;

export const trainingNonFinite = {
  name: 'ml.training.non_finite',
  instrument: 'counter',
  unit: '{occurrence}',
  description: 'Losses and metrics that were not finite.',
  attributes: [modelName, datasetSplit, metricName],
} as const satisfies MetricDefinition;

export const trainingParameterNorm = {
  name: 'ml.training.parameter.norm',
  instrument: 'gauge',
  unit: '',
  description: 'Euclidean norm of the trainable weights.',
  attributes: [modelName],
  optionalAttributes: [layerName],
} as const satisfies MetricDefinition;

export const trainingParameterRelativeUpdate = {
  name: 'ml.training.parameter.relative_update',
  instrument: 'gauge',
  unit: '',
  description: 'Norm of the change of the trainable weights in an epoch, relative to their norm.',
  attributes: [modelName],
  optionalAttributes: [layerName],
} as const satisfies MetricDefinition;

export const trainingGradientNorm = {
  name: 'ml.training.gradient.norm',
  instrument: 'gauge',
  unit: '',
  description: 'Euclidean norm of the gradient of a step, sampled.',
  attributes: [modelName],
} as const satisfies MetricDefinition;

export const trainingDefinitions = [
  trainingLoss,
  trainingBatchLoss,
  trainingAccuracy,
  trainingMetric,
  trainingEpoch,
  trainingEpochsWithoutImprovement,
  trainingProgress,
  trainingLearningRate,
  trainingRunStartTime,
  trainingRunEndTime,
  trainingLastStepTime,
  trainingRunInfo,
  trainingStepDuration,
  trainingEpochDuration,
  trainingRunDuration,
  trainingRuns,
  trainingRunActive,
  trainingSteps,
  trainingSamples,
  trainingTime,
  trainingNonFinite,
  trainingParameterNorm,
  trainingParameterRelativeUpdate,
  trainingGradientNorm,
] as const;
