import { attributes, type AttributeDefinition, closedAttribute, type MetricDefinition } from '@modelmeter/core';

// Metrics that others define. Nothing of ours records them; panels and rules read them.

const gcType = closedAttribute({ key: 'v8js.gc.type', values: ['major', 'minor', 'incremental', 'weakcb'] });
const heapSpace = { key: 'v8js.heap.space.name' } as const satisfies AttributeDefinition;

/** Share of the time in which the event loop was busy. OpenTelemetry's runtime-node instrumentation 0.37, as all down to `heapUsed`. */
export const eventLoopUtilization = {
  name: 'nodejs.eventloop.utilization',
  instrument: 'gauge',
  unit: '1',
  description: 'Event loop utilization',
  attributes: [],
} as const satisfies MetricDefinition;

function eventLoopDelay<const N extends string>(statistic: N) {
  return {
    name: `nodejs.eventloop.delay.${statistic}`,
    instrument: 'gauge',
    unit: 's',
    description: `Event loop ${statistic} delay.`,
    attributes: [],
  } as const satisfies MetricDefinition;
}

export const eventLoopDelayP50 = eventLoopDelay('p50');
export const eventLoopDelayP99 = eventLoopDelay('p99');
export const eventLoopDelayMax = eventLoopDelay('max');

export const gcDuration = {
  name: 'v8js.gc.duration',
  instrument: 'histogram',
  unit: 's',
  description: 'Garbage collection duration by kind, one of major, minor, incremental or weakcb.',
  attributes: [gcType],
} as const satisfies MetricDefinition;

export const heapUsed = {
  name: 'v8js.memory.heap.used',
  instrument: 'gauge',
  unit: 'By',
  description: 'Heap Memory size allocated.',
  attributes: [heapSpace],
} as const satisfies MetricDefinition;

/** Whether the last scrape of an instance succeeded. Prometheus makes it, as all below. */
export const up = {
  name: 'up',
  instrument: 'gauge',
  unit: '',
  description: 'Whether the last scrape succeeded.',
  attributes: [],
} as const satisfies MetricDefinition;

export const scrapeDuration = {
  name: 'scrape.duration',
  instrument: 'gauge',
  unit: 's',
  description: 'How long the last scrape took.',
  attributes: [],
} as const satisfies MetricDefinition;

export const scrapeSamples = {
  name: 'scrape.samples_scraped',
  instrument: 'gauge',
  unit: '',
  description: 'Samples that the last scrape brought.',
  attributes: [],
} as const satisfies MetricDefinition;

const alertName = { key: 'alertname' } as const satisfies AttributeDefinition;
const alertState = closedAttribute({ key: 'alertstate', values: ['pending', 'firing'] });
const severity = closedAttribute({ key: 'severity', values: ['critical', 'warning', 'info'] });

/** The alerts that are pending or firing, with the labels of the rule's result. */
export const firingAlerts = {
  name: 'ALERTS',
  instrument: 'gauge',
  unit: '',
  description: 'Alerts that are pending or firing.',
  attributes: [alertName, alertState, severity],
  optionalAttributes: [attributes.modelName],
} as const satisfies MetricDefinition;

export const foreignMetrics: readonly MetricDefinition[] = [
  eventLoopUtilization,
  eventLoopDelayP50,
  eventLoopDelayP99,
  eventLoopDelayMax,
  gcDuration,
  heapUsed,
  up,
  scrapeDuration,
  scrapeSamples,
  firingAlerts,
];
