import { defineMetric, openAttribute } from '@modelmeter/core';

const model = openAttribute({ key: 'model.name' });
const fold = openAttribute<'fold', number>({ key: 'fold' });

export const requests = defineMetric({
  name: 'example.requests',
  instrument: 'counter',
  unit: '{request}',
  description: 'Requests answered.',
  attributes: [model],
  optionalAttributes: [fold],
  stability: 'development',
});

export const queueLength = defineMetric({
  name: 'example.queue.length',
  instrument: 'updowncounter',
  unit: '{request}',
  description: 'Requests that wait.',
  attributes: [],
  stability: 'development',
});

export const accuracy = defineMetric({
  name: 'example.accuracy',
  instrument: 'gauge',
  unit: '1',
  description: 'Share of right answers, "top 1".\nOn C:\\data.',
  attributes: [model],
  stability: 'development',
});

export const duration = defineMetric({
  name: 'example.duration',
  instrument: 'histogram',
  unit: 's',
  description: 'Duration of a request.',
  attributes: [model],
  bounds: [0.05, 1, 2_000_000],
  stability: 'development',
});
