import type { InstrumentKind } from '@modelmeter/core';
import {
  type DataPoint,
  DataPointType,
  type ExponentialHistogram,
  type ExponentialHistogramMetricData,
  type Histogram,
  type HistogramMetricData,
  type MetricData,
  type ScopeMetrics,
} from '@opentelemetry/sdk-metrics';
import { bucketLabels } from './bucket-labels.ts';
import { type ExplicitBuckets, explicitBuckets, exponentialBuckets } from './explicit-buckets.ts';
import type { ExpositionFormat } from './exposition-format.ts';
import type { FamilyPart } from './family-part.ts';
import { type FamilyText, familyTextOf } from './family-text.ts';
import { labelText } from './label-text.ts';
import type { PageWriter } from './page-writer.ts';
import type { Warnings } from './warnings.ts';

/** A metric that the OpenTelemetry SDK has collected. */
export class SdkPart implements FamilyPart {
  readonly text: FamilyText;
  readonly mayRepeat = true;
  readonly #metric: MetricData;
  readonly #scopeLabels: Readonly<Record<string, string>>;
  readonly #warnings: Warnings;

  constructor(metric: MetricData, scope: ScopeMetrics['scope'], warnings: Warnings) {
    this.text = familyTextOf(metric.descriptor, { ...metric.descriptor, instrument: instrumentOf(metric) });
    this.#metric = metric;
    this.#scopeLabels = scopeLabels(scope);
    this.#warnings = warnings;
  }

  get length(): number {
    return this.#metric.dataPoints.length;
  }

  write(index: number, writer: PageWriter, format: ExpositionFormat, seen: Set<string> | undefined): void {
    const metric = this.#metric;
    const attributes = metric.dataPoints[index]?.attributes ?? {};
    const labels = labelText(attributes, { fixed: this.#scopeLabels, isHistogram: this.text.type === 'histogram' });
    if (seen?.has(labels)) {
      this.#warnings.warn(`a series of ${this.text.name} is not on the Prometheus page: another one has the same labels`, labels);
      return;
    }
    seen?.add(labels);

    if (metric.dataPointType === DataPointType.SUM || metric.dataPointType === DataPointType.GAUGE) {
      writer.sample(this.text.value, Buffer.from(labels), metric.dataPoints[index]?.value ?? NaN);
    } else {
      const { bounds, counts, sum } = histogramOf(metric, index);
      writer.histogram(this.text, Buffer.from(labels), bucketLabels(bounds, format), Float64Array.from(counts), 0, sum);
    }
  }
}

function histogramOf(
  metric: HistogramMetricData | ExponentialHistogramMetricData,
  index: number,
): ExplicitBuckets & { readonly sum: number | undefined } {
  if (metric.dataPointType === DataPointType.HISTOGRAM) {
    const { value } = metric.dataPoints[index] as DataPoint<Histogram>;
    return { ...explicitBuckets(value), sum: value.sum };
  }
  const { value } = metric.dataPoints[index] as DataPoint<ExponentialHistogram>;
  return { ...exponentialBuckets(value), sum: value.sum };
}

function instrumentOf(metric: MetricData): InstrumentKind {
  switch (metric.dataPointType) {
    case DataPointType.SUM:
      return metric.isMonotonic ? 'counter' : 'updowncounter';
    case DataPointType.GAUGE:
      return 'gauge';
    case DataPointType.HISTOGRAM:
    case DataPointType.EXPONENTIAL_HISTOGRAM:
      return 'histogram';
  }
}

/** Tells series of like-named metrics of two scopes apart. */
function scopeLabels({ name, version, schemaUrl }: ScopeMetrics['scope']): Record<string, string> {
  const labels = { otel_scope_name: name, otel_scope_version: version, otel_scope_schema_url: schemaUrl };
  return Object.fromEntries(Object.entries(labels).filter((label): label is [string, string] => label[1] !== undefined && label[1] !== ''));
}
