import {
  errorType,
  genAiOperationName,
  genAiProviderName,
  genAiRequestModel,
  genAiResponseModel,
  genAiTokenType,
  serverAddress,
  serverPort,
} from './attributes.ts';
import type { MetricDefinition } from './definition.ts';

// Metrics of language models: names, units, descriptions, attributes and bounds are those of OpenTelemetry's GenAI semantic conventions,
// github.com/open-telemetry/semantic-conventions-genai (schema gen-ai/1.42.0), docs/gen-ai/gen-ai-metrics.md and model/gen-ai/metrics.yaml at commit
// 004902b. Its pull request 374 is to put counters in the place of gen_ai.client.token.usage.

const attributes = [genAiOperationName, genAiProviderName] as const;
const optionalAttributes = [genAiRequestModel, genAiResponseModel, serverAddress, serverPort] as const;

/** Seconds. */
const OPERATION_SECONDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

export const clientTokenUsage = {
  name: 'gen_ai.client.token.usage',
  instrument: 'histogram',
  unit: '{token}',
  description: 'Number of input and output tokens used.',
  attributes: [genAiOperationName, genAiProviderName, genAiTokenType],
  optionalAttributes,
  bounds: [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864],
} as const satisfies MetricDefinition;

export const clientOperationDuration = {
  name: 'gen_ai.client.operation.duration',
  instrument: 'histogram',
  unit: 's',
  description: 'GenAI operation duration.',
  attributes,
  optionalAttributes: [genAiRequestModel, genAiResponseModel, serverAddress, serverPort, errorType],
  bounds: OPERATION_SECONDS,
} as const satisfies MetricDefinition;

export const clientTimeToFirstChunk = {
  name: 'gen_ai.client.operation.time_to_first_chunk',
  instrument: 'histogram',
  unit: 's',
  description:
    'Time to receive the first chunk, measured from when the client issues the generation request to when the first chunk is received in the response stream.',
  attributes,
  optionalAttributes,
  bounds: OPERATION_SECONDS,
} as const satisfies MetricDefinition;

export const clientTimePerOutputChunk = {
  name: 'gen_ai.client.operation.time_per_output_chunk',
  instrument: 'histogram',
  unit: 's',
  description:
    'Time per output chunk, recorded for each chunk received after the first one, measured as the time elapsed from the end of the previous chunk to the end of the current chunk.',
  attributes,
  optionalAttributes,
  bounds: OPERATION_SECONDS,
} as const satisfies MetricDefinition;

export const serverRequestDuration = {
  name: 'gen_ai.server.request.duration',
  instrument: 'histogram',
  unit: 's',
  description: 'Generative AI server request duration such as time-to-last byte or last output token.',
  attributes,
  optionalAttributes: [genAiRequestModel, genAiResponseModel, serverAddress, serverPort, errorType],
  bounds: OPERATION_SECONDS,
} as const satisfies MetricDefinition;

export const serverTimePerOutputToken = {
  name: 'gen_ai.server.time_per_output_token',
  instrument: 'histogram',
  unit: 's',
  description: 'Time per output token generated after the first token for successful responses.',
  attributes,
  optionalAttributes,
  bounds: [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5],
} as const satisfies MetricDefinition;

export const serverTimeToFirstToken = {
  name: 'gen_ai.server.time_to_first_token',
  instrument: 'histogram',
  unit: 's',
  description: 'Time to generate first token for successful responses.',
  attributes,
  optionalAttributes,
  bounds: [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
} as const satisfies MetricDefinition;

export const genAiDefinitions = [
  clientTokenUsage,
  clientOperationDuration,
  clientTimeToFirstChunk,
  clientTimePerOutputChunk,
  serverRequestDuration,
  serverTimePerOutputToken,
  serverTimeToFirstToken,
] as const;
