import {
  attributes,
  type MetricDefinition,
  processMetrics,
  prometheusLabel,
  prometheusName,
  trainingMetrics as metric,
} from '@modelmeter/core';
import type { MetricsPage } from './metrics-page.ts';
import { table } from './table.ts';

const split = prometheusLabel(attributes.datasetSplit.key);
const activity = prometheusLabel(attributes.trainingActivity.key);

/** The result of a training run as its own endpoint tells it. */
export function trainingReport(page: MetricsPage): string {
  const value = (definition: MetricDefinition, labels = {}) => page.value(prometheusName(definition), labels);
  const both = (definition: MetricDefinition) => [value(definition, { [split]: 'train' }), value(definition, { [split]: 'validation' })];
  const [trainLoss = NaN, validationLoss = NaN] = both(metric.trainingLoss);
  const [trainAccuracy = NaN, validationAccuracy = NaN] = both(metric.trainingAccuracy);
  const stepDuration = prometheusName(metric.trainingStepDuration);
  const seconds = page.value(`${prometheusName(metric.trainingRunDuration)}_sum`);
  const rows = [
    ['', 'train', 'validation'],
    ['loss', trainLoss.toFixed(4), validationLoss.toFixed(4)],
    ['accuracy', trainAccuracy.toFixed(4), validationAccuracy.toFixed(4)],
    [''],
    ['step p50', milliseconds(page.quantile(stepDuration, 0.5))],
    ['step p95', milliseconds(page.quantile(stepDuration, 0.95))],
    ['samples/s', (value(metric.trainingSamples) / seconds).toFixed(0)],
    ['run', `${seconds.toFixed(2)} s`],
    [''],
    ...timeRows(page, seconds),
    [''],
    ...processRows(page),
  ];
  return table(rows);
}

/** What the process took. Its event loop is that of the runtime instrumentation, whose names are OpenTelemetry's. */
function processRows(page: MetricsPage): string[][] {
  const cpuSeconds = page.sum(prometheusName(processMetrics.processCpuTime));
  const uptimeSeconds = page.value(prometheusName(processMetrics.processUptime));
  return [
    ['CPU', `${cpuSeconds.toFixed(2)} s`, `${((100 * cpuSeconds) / uptimeSeconds).toFixed(0)} %`],
    ['memory', `${(page.value(prometheusName(processMetrics.processMemoryUsage)) / 1e6).toFixed(0)} MB`],
    ['event loop p99', milliseconds(page.value('nodejs_eventloop_delay_p99_seconds'))],
    ['event loop max', milliseconds(page.value('nodejs_eventloop_delay_max_seconds'))],
  ];
}

function timeRows(page: MetricsPage, runSeconds: number): string[][] {
  const times = page.samples(prometheusName(metric.trainingTime));
  return [...times]
    .sort((a, b) => b.value - a.value)
    .map(({ labels, value }) => [
      `time: ${labels[activity] ?? ''}`,
      `${value.toFixed(2)} s`,
      `${((100 * value) / runSeconds).toFixed(1)} %`,
    ]);
}

function milliseconds(seconds: number): string {
  return `${(1000 * seconds).toFixed(1)} ms`;
}
