export { CustomRun, type CustomRunOptions, type Phase, trainingRun } from './custom-run.ts';
export { type FitCallback, fitMetrics } from './fit-metrics.ts';
export type { FitMetricsOptions, MonitorOptions } from './fit-options.ts';
export { callbacks } from './mixed-callbacks.ts';
export { NonFiniteError } from './non-finite-error.ts';
export { registerTfjs } from './register-tfjs.ts';
export type { TfLike } from './tf-like.ts';
export { trackFit } from './track-fit.ts';
