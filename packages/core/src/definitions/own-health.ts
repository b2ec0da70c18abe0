import { collector, dropReason } from './attributes.ts';
import type { MetricDefinition } from './definition.ts';

export const dropped = {
  name: 'modelmeter.dropped',
  instrument: 'counter',
  unit: '{occurrence}',
  description: 'What was dropped, by reason.',
  attributes: [dropReason],
} as const satisfies MetricDefinition;

export const seriesCount = {
  name: 'modelmeter.series',
  instrument: 'gauge',
  unit: '{series}',
  description: 'Series of all metrics.',
  attributes: [],
} as const satisfies MetricDefinition;

export const collectorUp = {
  name: 'modelmeter.collector.up',
  instrument: 'gauge',
  unit: '',
  description: 'Whether a collector works.',
  attributes: [collector],
} as const satisfies MetricDefinition;

export const ownHealthDefinitions = [dropped, seriesCount, collectorUp] as const;
