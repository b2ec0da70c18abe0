import { inferenceDuration } from '@modelmeter/core/inference-metrics';

/** Upper bounds in seconds, by what a model is like. */
export const BUCKET_PRESETS = {
  /** Small models on the CPU: 50 µs to 0.5 s. */
  fast: [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5],
  /** Most request handlers: 1 ms to a minute. */
  standard: inferenceDuration.bounds,
  // OpenTelemetry GenAI semantic conventions, gen_ai.client.operation.duration, and two for long answers.
  /** Models that write: 10 ms to 5 minutes. */
  generative: [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84, 300],
} as const;

export type BucketPreset = keyof typeof BUCKET_PRESETS;
