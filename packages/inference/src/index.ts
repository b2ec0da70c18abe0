export { BUCKET_PRESETS, type BucketPreset } from './bucket-presets.ts';
export { ERROR_TYPES, type ErrorType, type KnownErrorType } from './error-types.ts';
export type { GenAiOptions, TokenUsage } from './gen-ai/gen-ai-options.ts';
export { InferenceMetrics, type RunOptions } from './inference-metrics.ts';
export type { InferenceOptions, Objective } from './inference-options.ts';
export type { InferenceSpan } from './inference-span.ts';
export { measureInference, withMetrics } from './with-metrics.ts';
export type { CallOptions } from './wrap.ts';
