export { CustomRun, type CustomRunOptions, type Phase, trainingRun } from './run/custom-run.ts';
export { type FitCallback, fitMetrics } from './fit/fit-metrics.ts';
export type { FitMetricsOptions, MonitorOptions } from './fit/fit-options.ts';
export { callbacks } from './fit/mixed-callbacks.ts';
export { NonFiniteError } from './fit/non-finite-error.ts';
export { registerTfjs } from './fit/register-tfjs.ts';
export type { TfLike } from './tf-like.ts';
export { trackFit } from './fit/track-fit.ts';
