import type * as attributes from './attributes.ts';

/** What each attribute means, for the documentation; programs do without. */
export const attributeDescriptions: Readonly<Record<keyof typeof attributes, string>> = {
  modelName: 'Name of the model, as configured or as the library gives it without a trailing counter.',
  modelVersion: 'Version of the model, as configured.',
  modelRevision: 'What the model was made from, such as a commit or the hash of its file, as configured.',
  systemName: 'Library that runs the model, such as tensorflow.js or onnxruntime.',
  operationName: 'What is asked of the model: predict, classify, regress, embed, rank, detect, generate or custom.',
  modelMethod: 'Method of a model that was called.',
  inferenceStage: 'Part of a request: queue, preprocess, predict, postprocess, or one of your own.',
  runId: 'Identifies one training run; generated or configured. The series of a finished run end.',
  outputName: 'Output of a multi-output model; absent for the total and for models with one output.',
  timing: 'Whether the duration covers the work (complete) or only handing it to an asynchronous device (dispatch).',
  datasetSplit: 'The part of the data that a value was computed on.',
  metricName: 'Name of a compiled metric, canonical: `acc` is `accuracy`.',
  trainingResult: 'How a training run ended.',
  trainingActivity:
    'What wall time of a run was spent on: compile is the first step, data_wait is for the next batch of a dataset, other is time given back to the event loop and, in loops of your own, what no step or phase covers.',
  optimizerName: 'Class name of the optimizer, such as Adam.',
  batchSize: 'Samples in a full batch; absent where the dataset decides.',
  layerName: 'Layer of a model; only where asked for.',
  errorType: 'Class of the error, never its message; `_OTHER` where unknown. OpenTelemetry semantic conventions 1.45.',
  genAiOperationName:
    'What is asked of a language model, as configured: chat, text_completion, generate_content, embeddings or one of your own.',
  genAiProviderName: 'Who provides the language model, as configured, such as openai, anthropic or aws.bedrock.',
  genAiRequestModel: 'Exact name of the language model that is asked, as configured.',
  genAiResponseModel: 'Name of the language model that answers, as configured; never read from an answer.',
  genAiTokenType: 'Tokens of the question (input) or of the answer (output).',
  serverAddress: 'Name or address of the server that is asked, as configured.',
  serverPort: 'Port of the server that is asked, as configured.',
  tfjsBackend: 'TensorFlow.js back end: cpu, tensorflow (tfjs-node), webgl, webgpu, wasm.',
  dropReason:
    'What happened: a measurement was kept out (non_finite, negative), a bind went to the overflow series (series_limit), a value was recorded as `_OTHER` (attribute_limit), an onCollect callback failed (collect_error), a hook of ours failed (hook_error).',
  collector: 'Name of what reads values when asked, as given to onCollect.',
};
