import type { Schema } from './protobuf.ts';

// What a metrics export may hold that is looked at here: opentelemetry-proto 1.9, opentelemetry/proto/metrics/v1/metrics.proto and its imports.
// The names are those of OTLP's JSON.

const anyValue: Schema = {
  1: ['stringValue', 'text'],
  2: ['boolValue', 'varint'],
  3: ['intValue', 'varint'],
  4: ['doubleValue', 'double'],
};
const keyValue: Schema = { 1: ['key', 'text'], 2: ['value', anyValue] };

const numberDataPoint: Schema = {
  2: ['startTimeUnixNano', 'fixed64'],
  3: ['timeUnixNano', 'fixed64'],
  4: ['asDouble', 'double'],
  6: ['asInt', 'fixed64'],
  7: ['attributes', { each: keyValue }],
};

const histogramDataPoint: Schema = {
  2: ['startTimeUnixNano', 'fixed64'],
  3: ['timeUnixNano', 'fixed64'],
  4: ['count', 'fixed64'],
  5: ['sum', 'double'],
  6: ['bucketCounts', 'fixed64s'],
  7: ['explicitBounds', 'doubles'],
  9: ['attributes', { each: keyValue }],
  11: ['min', 'double'],
  12: ['max', 'double'],
};

const metric: Schema = {
  1: ['name', 'text'],
  2: ['description', 'text'],
  3: ['unit', 'text'],
  5: ['gauge', { 1: ['dataPoints', { each: numberDataPoint }] }],
  7: ['sum', { 1: ['dataPoints', { each: numberDataPoint }], 2: ['aggregationTemporality', 'varint'], 3: ['isMonotonic', 'varint'] }],
  9: ['histogram', { 1: ['dataPoints', { each: histogramDataPoint }], 2: ['aggregationTemporality', 'varint'] }],
};

const scopeMetrics: Schema = {
  1: ['scope', { 1: ['name', 'text'], 2: ['version', 'text'] }],
  2: ['metrics', { each: metric }],
};
const resourceMetrics: Schema = {
  1: ['resource', { 1: ['attributes', { each: keyValue }] }],
  2: ['scopeMetrics', { each: scopeMetrics }],
};

/** `ExportMetricsServiceRequest`. */
export const metricsRequest: Schema = { 1: ['resourceMetrics', { each: resourceMetrics }] };
