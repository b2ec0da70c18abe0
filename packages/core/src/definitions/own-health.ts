import { collector, dropReason } from './attributes.ts';
import { defineMetric } from './definition.ts';

const stability = 'development';

export const dropped = defineMetric({
  name: 'modelmeter.dropped',
  instrument: 'counter',
  unit: '{occurrence}',
  description: 'Measurements kept out, and series or attribute values folded together, by reason.',
  attributes: [dropReason],
  stability,
});

export const seriesCount = defineMetric({
  name: 'modelmeter.series',
  instrument: 'gauge',
  unit: '{series}',
  description: 'Attribute sets that the registry holds, over all metrics.',
  attributes: [],
  stability,
});

export const collectorUp = defineMetric({
  name: 'modelmeter.collector.up',
  instrument: 'gauge',
  unit: '',
  description: '1 if the collector succeeded when last asked, else 0.',
  attributes: [collector],
  stability,
});

export const ownHealthDefinitions = [dropped, seriesCount, collectorUp] as const;
