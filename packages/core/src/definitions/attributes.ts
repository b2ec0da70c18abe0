import type { AttributeDefinition, OpenAttribute } from './definition.ts';

// Plain records, so that a bundle has those alone that it uses. What they mean is in attribute-descriptions.ts, which no program needs.

export const modelName = { key: 'ml.model.name', limit: 50 } as const satisfies AttributeDefinition;

export const modelVersion = { key: 'ml.model.version', limit: 10, limitPer: modelName } as const satisfies AttributeDefinition;

export const modelRevision = { key: 'ml.model.revision', limit: 10, limitPer: modelName } as const satisfies AttributeDefinition;

export const systemName = { key: 'ml.system.name', limit: 10 } as const satisfies AttributeDefinition;

export const operationName = { key: 'ml.operation.name', limit: 12 } as const satisfies AttributeDefinition;

export const modelMethod = {
  key: 'ml.model.method',
  values: ['predict', 'predictOnBatch', 'evaluate', 'execute', 'executeAsync'],
} as const satisfies AttributeDefinition;

export const inferenceStage = { key: 'ml.inference.stage', limit: 8, limitPer: modelName } as const satisfies AttributeDefinition;

export const runId = { key: 'ml.run.id' } as const satisfies AttributeDefinition;

export const outputName = { key: 'ml.output.name', limit: 16 } as const satisfies AttributeDefinition;

export const timing = { key: 'ml.timing', values: ['complete', 'dispatch'] } as const satisfies AttributeDefinition;

export const datasetSplit = { key: 'ml.dataset.split', values: ['train', 'validation', 'test'] } as const satisfies AttributeDefinition;

export const metricName = { key: 'ml.metric.name', limit: 16 } as const satisfies AttributeDefinition;

export const trainingResult = {
  key: 'ml.training.result',
  values: ['success', 'early_stopped', 'non_finite', 'cancelled', 'failure'],
} as const satisfies AttributeDefinition;

export const trainingActivity = {
  key: 'ml.training.activity',
  values: ['compile', 'compute', 'data_wait', 'validation', 'checkpoint', 'callback', 'other'],
} as const satisfies AttributeDefinition;

export const optimizerName = { key: 'ml.training.optimizer', limit: 16 } as const satisfies AttributeDefinition;

export const batchSize: OpenAttribute<'ml.training.batch_size', number> = { key: 'ml.training.batch_size', limit: 32 };

export const layerName = { key: 'ml.layer.name', limit: 32 } as const satisfies AttributeDefinition;

export const errorType = { key: 'error.type', limit: 20 } as const satisfies AttributeDefinition;

// Attributes of gen_ai.* metrics: OpenTelemetry GenAI semantic conventions, with caps of our own.

export const genAiOperationName = { key: 'gen_ai.operation.name', limit: 20 } as const satisfies AttributeDefinition;

export const genAiProviderName = { key: 'gen_ai.provider.name', limit: 20 } as const satisfies AttributeDefinition;

export const genAiRequestModel = { key: 'gen_ai.request.model', limit: 50 } as const satisfies AttributeDefinition;

export const genAiResponseModel = { key: 'gen_ai.response.model', limit: 50 } as const satisfies AttributeDefinition;

export const genAiTokenType = { key: 'gen_ai.token.type', values: ['input', 'output'] } as const satisfies AttributeDefinition;

export const serverAddress = { key: 'server.address', limit: 20 } as const satisfies AttributeDefinition;

export const serverPort: OpenAttribute<'server.port', number> = { key: 'server.port', limit: 20 };

export const tfjsBackend = { key: 'tfjs.backend', limit: 5 } as const satisfies AttributeDefinition;

// Attributes of hw.* metrics: OpenTelemetry semantic conventions 1.45, with caps of our own.

export const hwId = { key: 'hw.id', limit: 64 } as const satisfies AttributeDefinition;

export const hwName = { key: 'hw.name', limit: 64 } as const satisfies AttributeDefinition;

export const hwType = { key: 'hw.type', values: ['gpu'] } as const satisfies AttributeDefinition;

export const hwVendor = { key: 'hw.vendor', limit: 8 } as const satisfies AttributeDefinition;

export const hwGpuTask = { key: 'hw.gpu.task', values: ['general', 'encoder', 'decoder'] } as const satisfies AttributeDefinition;

export const hwSensorLocation = { key: 'hw.sensor_location', values: ['gpu', 'memory'] } as const satisfies AttributeDefinition;

// Attributes of process.*, system.* and container.* metrics: OpenTelemetry semantic conventions 1.45, with caps of our own.

export const cpuMode = {
  key: 'cpu.mode',
  values: ['user', 'system', 'nice', 'idle', 'iowait', 'interrupt', 'steal'],
} as const satisfies AttributeDefinition;

export const memoryState = { key: 'system.memory.state', values: ['used', 'available'] } as const satisfies AttributeDefinition;

export const systemDeviceName = { key: 'system.device.name', limit: 200 } as const satisfies AttributeDefinition;

export const filesystemMountpoint = { key: 'system.filesystem.mountpoint', limit: 100 } as const satisfies AttributeDefinition;

export const filesystemType = { key: 'system.filesystem.type', limit: 20 } as const satisfies AttributeDefinition;

export const filesystemMode = { key: 'system.filesystem.mode', values: ['ro', 'rw'] } as const satisfies AttributeDefinition;

export const filesystemState = {
  key: 'system.filesystem.state',
  values: ['used', 'free', 'reserved'],
} as const satisfies AttributeDefinition;

export const diskIoDirection = { key: 'disk.io.direction', values: ['read', 'write'] } as const satisfies AttributeDefinition;

export const networkIoDirection = { key: 'network.io.direction', values: ['receive', 'transmit'] } as const satisfies AttributeDefinition;

export const networkInterfaceName = { key: 'network.interface.name', limit: 50 } as const satisfies AttributeDefinition;

export const dropReason = {
  key: 'reason',
  values: ['non_finite', 'negative', 'series_limit', 'attribute_limit', 'collect_error', 'hook_error'],
} as const satisfies AttributeDefinition;

export const collector = { key: 'collector', limit: 32 } as const satisfies AttributeDefinition;
