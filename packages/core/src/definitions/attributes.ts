import { closedAttribute, openAttribute } from './definition.ts';

export const modelName = openAttribute({
  key: 'ml.model.name',
  description: 'Name of the model, as configured or as the library gives it without a trailing counter.',
  limit: 50,
});

export const modelVersion = openAttribute({
  key: 'ml.model.version',
  description: 'Version of the model, as configured.',
  limit: 10,
  limitPer: modelName,
});

export const modelRevision = openAttribute({
  key: 'ml.model.revision',
  description: 'What the model was made from, such as a commit or the hash of its file, as configured.',
  limit: 10,
  limitPer: modelName,
});

export const systemName = openAttribute({
  key: 'ml.system.name',
  description: 'Library that runs the model, such as tensorflow.js or onnxruntime.',
  limit: 10,
});

export const operationName = openAttribute({
  key: 'ml.operation.name',
  description: 'What is asked of the model: predict, classify, regress, embed, rank, detect, generate or custom.',
  limit: 12,
});

export const modelMethod = closedAttribute({
  key: 'ml.model.method',
  description: 'Method of a model that was called.',
  values: ['predict', 'predictOnBatch', 'evaluate', 'execute', 'executeAsync'],
});

export const inferenceStage = openAttribute({
  key: 'ml.inference.stage',
  description: 'Part of a request: queue, preprocess, predict, postprocess, or one of your own.',
  limit: 8,
  limitPer: modelName,
});

export const runId = openAttribute({
  key: 'ml.run.id',
  description: 'Identifies one training run; generated or configured. The series of a finished run end.',
});

export const outputName = openAttribute({
  key: 'ml.output.name',
  description: 'Output of a multi-output model; absent for the total and for models with one output.',
  limit: 16,
});

export const timing = closedAttribute({
  key: 'ml.timing',
  description: 'Whether the duration covers the work (complete) or only handing it to an asynchronous device (dispatch).',
  values: ['complete', 'dispatch'],
});

export const datasetSplit = closedAttribute({
  key: 'ml.dataset.split',
  description: 'The part of the data that a value was computed on.',
  values: ['train', 'validation', 'test'],
});

export const metricName = openAttribute({
  key: 'ml.metric.name',
  description: 'Name of a compiled metric, canonical: `acc` is `accuracy`.',
  limit: 16,
});

export const trainingResult = closedAttribute({
  key: 'ml.training.result',
  description: 'How a training run ended.',
  values: ['success', 'early_stopped', 'non_finite', 'cancelled', 'failure'],
});

export const trainingActivity = closedAttribute({
  key: 'ml.training.activity',
  description:
    'What wall time of a run was spent on: compile is the first step, data_wait is for the next batch of a dataset, other is time given back to the event loop and, in loops of your own, what no step or phase covers.',
  values: ['compile', 'compute', 'data_wait', 'validation', 'checkpoint', 'callback', 'other'],
});

export const optimizerName = openAttribute({
  key: 'ml.training.optimizer',
  description: 'Class name of the optimizer, such as Adam.',
  limit: 16,
});

export const batchSize = openAttribute<'ml.training.batch_size', number>({
  key: 'ml.training.batch_size',
  description: 'Samples in a full batch; absent where the dataset decides.',
  limit: 32,
});

export const layerName = openAttribute({
  key: 'ml.layer.name',
  description: 'Layer of a model; only where asked for.',
  limit: 32,
});

export const errorType = openAttribute({
  key: 'error.type',
  description: 'Class of the error, never its message; `_OTHER` where unknown. OpenTelemetry semantic conventions 1.45.',
  limit: 20,
});

export const tfjsBackend = openAttribute({
  key: 'tfjs.backend',
  description: 'TensorFlow.js back end: cpu, tensorflow (tfjs-node), webgl, webgpu, wasm.',
  limit: 5,
});

export const dropReason = closedAttribute({
  key: 'reason',
  description:
    'What happened: a measurement was kept out (non_finite, negative), a bind went to the overflow series (series_limit), a value was recorded as `_OTHER` (attribute_limit), an onCollect callback failed (collect_error), a hook of ours failed (hook_error).',
  values: ['non_finite', 'negative', 'series_limit', 'attribute_limit', 'collect_error', 'hook_error'],
});

export const collector = openAttribute({
  key: 'collector',
  description: 'Name of what reads values when asked, as given to onCollect.',
  limit: 32,
});
