export { type FitCallback, type FitMetricsOptions, fitMetrics } from './fit-metrics.ts';
export type { TfLike } from './tf-like.ts';
