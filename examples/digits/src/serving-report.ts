import { attributes, type MetricDefinition, prometheusLabel, prometheusName, inferenceMetrics as metric } from '@modelmeter/core';
import type { SeenLoad } from './load-worker.ts';
import type { MetricsPage } from './metrics-page.ts';
import { table } from './table.ts';

const errorType = prometheusLabel(attributes.errorType.key);

/** How the model served, as its own endpoint tells it. */
export function servingReport(page: MetricsPage, { seconds, mostActive }: SeenLoad): string {
  const total = (definition: MetricDefinition, suffix = '') => page.sum(`${prometheusName(definition)}${suffix}`);
  const duration = prometheusName(metric.inferenceDuration);
  const requests = total(metric.inferenceDuration, '_count');
  const percent = (share: number) => `${((100 * share) / requests).toFixed(1)} %`;
  const errors = page
    .samples(prometheusName(metric.inferenceErrors))
    .filter(({ value }) => value > 0)
    .map(({ labels, value }) => [`  ${labels[errorType] ?? ''}`, String(value), percent(value)]);
  return table([
    ['requests', String(requests), `${(requests / seconds).toFixed(0)} /s`],
    ['samples', String(total(metric.inferenceBatchSize, '_sum')), `${(total(metric.inferenceBatchSize, '_sum') / seconds).toFixed(0)} /s`],
    ['in flight', String(total(metric.inferenceActiveRequests)), `at most ${mostActive}`],
    [''],
    ...[0.5, 0.95, 0.99].map((quantile) => [`p${quantile * 100}`, `${(1000 * page.quantile(duration, quantile)).toFixed(1)} ms`]),
    ['model call p95', `${(1000 * page.quantile(prometheusName(metric.modelCallDuration), 0.95)).toFixed(1)} ms`],
    ['too slow or bad', String(total(metric.inferenceObjectiveMisses)), percent(total(metric.inferenceObjectiveMisses))],
    [''],
    ['errors', String(total(metric.inferenceErrors)), percent(total(metric.inferenceErrors))],
    ...errors,
  ]);
}
