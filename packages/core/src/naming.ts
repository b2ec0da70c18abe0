import type { Attributes } from '@opentelemetry/api';
import type { MetricDefinition } from './definitions/definition.ts';

/** What metrics and attributes are called on their way to an OpenTelemetry SDK. */
export interface Naming {
  metricName(definition: MetricDefinition): string;
  /** Attributes with their keys as this naming has them. */
  attributes(attributes: Attributes): Attributes;
}

/** The dotted OpenTelemetry names. */
export const otelNaming: Naming = {
  metricName: ({ name }) => name,
  attributes: (attributes) => attributes,
};
