import type { Attributes } from '@opentelemetry/api';
import type { MetricDefinition } from './definitions/definition.ts';
import { type Naming, prometheusLabel, prometheusName } from './prometheus-name.ts';

/** What a metric is called on its way to an OpenTelemetry SDK. */
export function exportedName(definition: MetricDefinition, naming: Naming): string {
  return naming === 'portable' ? prometheusName(definition) : definition.name;
}

/** Attributes with their keys as `naming` has them. */
export function exportedAttributes(attributes: Attributes, naming: Naming): Attributes {
  if (naming === 'otel') return attributes;
  return Object.fromEntries(Object.entries(attributes).map(([key, value]) => [prometheusLabel(key), value]));
}
