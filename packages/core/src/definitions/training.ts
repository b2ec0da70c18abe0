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
import { defineMetric } from './definition.ts';

const stability = 'development';

export const trainingLoss = defineMetric({
  name: 'ml.training.loss',
  instrument: 'gauge',
  unit: '',
  description: 'Loss of the last finished epoch; the last finite value.',
  attributes: [modelName, datasetSplit],
  optionalAttributes: [outputName, runId],
  stability,
});

export const trainingBatchLoss = defineMetric({
  name: 'ml.training.batch.loss',
  instrument: 'gauge',
  unit: '',
  description: 'Loss of a batch, sampled at most once a second.',
  attributes: [modelName],
  optionalAttributes: [runId],
  stability,
});

export const trainingAccuracy = defineMetric({
  name: 'ml.training.accuracy',
  instrument: 'gauge',
  unit: '1',
  description: 'Accuracy of the last finished epoch.',
  attributes: [modelName, datasetSplit],
  optionalAttributes: [outputName, runId],
  stability,
});

export const trainingMetric = defineMetric({
  name: 'ml.training.metric',
  instrument: 'gauge',
  unit: '',
  description: 'Any other compiled metric, of the last finished epoch.',
  attributes: [modelName, datasetSplit, metricName],
  optionalAttributes: [outputName, runId],
  stability,
});

export const trainingEpoch = defineMetric({
  name: 'ml.training.epoch',
  instrument: 'gauge',
  unit: '{epoch}',
  description: 'Epochs finished, counted from the first epoch of the model, not of the run.',
  attributes: [modelName],
  optionalAttributes: [runId],
  stability,
});

export const trainingEpochsWithoutImprovement = defineMetric({
  name: 'ml.training.epochs_without_improvement',
  instrument: 'gauge',
  unit: '{epoch}',
  description: 'Epochs since the monitored value last improved, by the rules of EarlyStopping.',
  attributes: [modelName],
  optionalAttributes: [runId],
  stability,
});

export const trainingProgress = defineMetric({
  name: 'ml.training.progress',
  instrument: 'gauge',
  unit: '1',
  description: 'Steps done of the steps planned; absent when the plan is unknown.',
  attributes: [modelName],
  optionalAttributes: [runId],
  stability,
});

export const trainingLearningRate = defineMetric({
  name: 'ml.training.learning_rate',
  instrument: 'gauge',
  unit: '',
  description: 'Learning rate as the optimizer applies it.',
  attributes: [modelName],
  optionalAttributes: [runId],
  stability,
});

export const trainingRunStartTime = defineMetric({
  name: 'ml.training.run.start_time',
  instrument: 'gauge',
  unit: 's',
  description: 'When the run began, in Unix time.',
  attributes: [modelName],
  optionalAttributes: [runId],
  stability,
});

export const trainingRunEndTime = defineMetric({
  name: 'ml.training.run.end_time',
  instrument: 'gauge',
  unit: 's',
  description: 'When the run ended, in Unix time; absent while it lives.',
  attributes: [modelName],
  optionalAttributes: [runId],
  stability,
});

export const trainingLastStepTime = defineMetric({
  name: 'ml.training.last_step.time',
  instrument: 'gauge',
  unit: 's',
  description: 'When the last step finished, in Unix time.',
  attributes: [modelName],
  optionalAttributes: [runId],
  stability,
});

export const trainingRunInfo = defineMetric({
  name: 'ml.training.run.info',
  instrument: 'gauge',
  unit: '',
  description: 'Always 1; what a run is made of, and its result once it has ended.',
  attributes: [modelName],
  optionalAttributes: [trainingResult, optimizerName, batchSize, tfjsBackend, runId],
  stability,
});

export const trainingStepDuration = defineMetric({
  name: 'ml.training.step.duration',
  instrument: 'histogram',
  unit: 's',
  description: 'Duration of a training step, without validation and without the first step of a run.',
  attributes: [modelName, timing],
  bounds: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300],
  stability,
});

export const trainingEpochDuration = defineMetric({
  name: 'ml.training.epoch.duration',
  instrument: 'histogram',
  unit: 's',
  description: 'Duration of an epoch, validation included.',
  attributes: [modelName],
  bounds: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 30, 60, 300, 900, 1800, 3600, 7200],
  stability,
});

export const trainingRunDuration = defineMetric({
  name: 'ml.training.run.duration',
  instrument: 'histogram',
  unit: 's',
  description: 'Duration of a finished run.',
  attributes: [modelName, trainingResult],
  optionalAttributes: [errorType],
  bounds: [1, 5, 15, 60, 300, 900, 1800, 3600, 7200, 14400, 28800, 86400],
  stability,
});

export const trainingRuns = defineMetric({
  name: 'ml.training.runs',
  instrument: 'counter',
  unit: '{run}',
  description: 'Runs finished, by result.',
  attributes: [modelName, trainingResult],
  stability,
});

export const trainingRunActive = defineMetric({
  name: 'ml.training.run.active',
  instrument: 'updowncounter',
  unit: '{run}',
  description: 'Runs in progress.',
  attributes: [modelName],
  stability,
});

export const trainingSteps = defineMetric({
  name: 'ml.training.steps',
  instrument: 'counter',
  unit: '{step}',
  description: 'Training steps finished.',
  attributes: [modelName],
  stability,
});

export const trainingSamples = defineMetric({
  name: 'ml.training.samples',
  instrument: 'counter',
  unit: '{sample}',
  description: 'Samples trained on.',
  attributes: [modelName],
  stability,
});

export const trainingTime = defineMetric({
  name: 'ml.training.time',
  instrument: 'counter',
  unit: 's',
  description: 'Wall time of runs by activity; the activities add up to the whole. Absent where the device is not waited for.',
  attributes: [modelName, trainingActivity],
  stability,
});

export const trainingNonFinite = defineMetric({
  name: 'ml.training.non_finite',
  instrument: 'counter',
  unit: '{occurrence}',
  description: 'Losses and metrics that were NaN or infinite.',
  attributes: [modelName, datasetSplit, metricName],
  stability,
});

export const trainingParameterNorm = defineMetric({
  name: 'ml.training.parameter.norm',
  instrument: 'gauge',
  unit: '',
  description: 'Euclidean norm of the trainable weights.',
  attributes: [modelName],
  optionalAttributes: [layerName],
  stability,
});

export const trainingParameterRelativeUpdate = defineMetric({
  name: 'ml.training.parameter.relative_update',
  instrument: 'gauge',
  unit: '',
  description: 'Norm of the change of the trainable weights in an epoch, relative to their norm.',
  attributes: [modelName],
  optionalAttributes: [layerName],
  stability,
});

export const trainingGradientNorm = defineMetric({
  name: 'ml.training.gradient.norm',
  instrument: 'gauge',
  unit: '',
  description: 'Euclidean norm of the gradient of a step, sampled.',
  attributes: [modelName],
  stability,
});

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
