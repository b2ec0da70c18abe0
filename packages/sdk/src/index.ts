export type { Metrics } from './metrics.ts';
export { PrometheusReader } from './prometheus/prometheus-reader.ts';
export { startPrometheusServer } from './prometheus/prometheus-server.ts';
export { startMetrics } from './start-metrics.ts';
export type { ExporterName, NamingName, OtlpOptions, OtlpProtocol, StartOptions } from './start-options.ts';
