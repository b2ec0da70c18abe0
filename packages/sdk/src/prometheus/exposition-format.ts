/** The two text formats that Prometheus reads: its own, version 0.0.4, and OpenMetrics 1.0. */
export type ExpositionFormat = 'text' | 'openmetrics';

export const CONTENT_TYPE: Readonly<Record<ExpositionFormat, string>> = {
  text: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

/** What OpenMetrics wants as the last line; the older format has no end mark. */
export const END: Readonly<Record<ExpositionFormat, string>> = { text: '', openmetrics: '# EOF\n' };
