export { check } from './check.ts';
export { type Clock, systemClock } from './clock.ts';
export { allDefinitions } from './definitions/all.ts';
export { attributeDescriptions } from './definitions/attribute-descriptions.ts';
export * as attributes from './definitions/attributes.ts';
export {
  type AttributeDefinition,
  type AttributesOf,
  type AttributeValue,
  closedAttribute,
  type InstrumentKind,
  type MetricDefinition,
  openAttribute,
} from './definitions/definition.ts';
export { defineMetric } from './definitions/define-metric.ts';
export { metricNotes } from './definitions/metric-notes.ts';
export { collectorUp, dropped, ownHealthDefinitions, seriesCount } from './definitions/own-health.ts';
export * as containerMetrics from './definitions/container.ts';
export * as genAiMetrics from './definitions/gen-ai.ts';
export * as gpuMetrics from './definitions/gpu.ts';
export * as hostMetrics from './definitions/host.ts';
export * as inferenceMetrics from './definitions/inference.ts';
export * as processMetrics from './definitions/process.ts';
export * as tfjsMemoryMetrics from './definitions/tfjs-memory.ts';
export * as trainingMetrics from './definitions/training.ts';
export { deltaTemporality, type Increases } from './delta-temporality.ts';
export { HookErrors } from './hook-errors.ts';
export { type Producer, type ProducerOptions } from './producer.ts';
export { type Naming, otelNaming } from './naming.ts';
export { portableNaming } from './portable-naming.ts';
export { prometheusLabel, prometheusName, prometheusUnit } from './prometheus-name.ts';
export type { BindOptions, BoundCounter, BoundGauge, BoundHistogram, BoundOf, BoundUpDownCounter } from './registry/bound-instruments.ts';
export type { CollectionReader } from './registry/collection-reader.ts';
export { defaultRegistry } from './registry/default-registry.ts';
export { Registry } from './registry/registry.ts';
export type { RegistryOptions } from './registry/registry-options.ts';
export type { RunSeries } from './registry/run-series.ts';
export { BUCKETS_AT, SUM_AT, type Series, VALUE_AT } from './registry/series.ts';
export type { FamilySnapshot, Snapshot } from './registry/snapshot.ts';
