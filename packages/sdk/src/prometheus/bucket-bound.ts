import type { ExpositionFormat } from './exposition-format.ts';

/**
 * The value of an `le` label, written as Go's `%g` does, because Prometheus compares these as text: `0.005`, `10`, `1e+06`. OpenMetrics wants
 * `10.0`.
 */
export function bucketBound(bound: number, format: ExpositionFormat): string {
  if (bound === Infinity) return '+Inf';
  const [digits = '', exponent = ''] = bound.toExponential().split('e');
  const power = Number(exponent);
  if (power < -4 || power >= 6) return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  const text = String(bound);
  return format === 'openmetrics' && !text.includes('.') ? `${text}.0` : text;
}
