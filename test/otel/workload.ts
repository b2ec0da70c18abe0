import { defineMetric, openAttribute, type Registry } from '@modelmeter/core';

// One metric of each kind, with the suffixes that Prometheus adds: a counter's, a unit's and a ratio's.

const stability = 'development';
const queue = openAttribute({ key: 'test.queue' });

const jobs = defineMetric({
  name: 'test.jobs',
  instrument: 'counter',
  unit: '{job}',
  description: 'Jobs done.',
  attributes: [queue],
  stability,
});

const waiting = defineMetric({
  name: 'test.waiting.size',
  instrument: 'updowncounter',
  unit: 'By',
  description: 'Bytes that wait.',
  attributes: [queue],
  stability,
});

const load = defineMetric({
  name: 'test.load',
  instrument: 'gauge',
  unit: '1',
  description: 'Share of the time at work.',
  attributes: [queue],
  stability,
});

const duration = defineMetric({
  name: 'test.job.duration',
  instrument: 'histogram',
  unit: 's',
  description: 'Duration of a job.',
  attributes: [queue],
  bounds: [0.5, 1, 2],
  stability,
});

/** The instruments of one queue. */
export function bindQueue(registry: Registry, name: string) {
  const attributes = { 'test.queue': name };
  return {
    jobs: registry.bind(jobs, attributes),
    waiting: registry.bind(waiting, attributes),
    load: registry.bind(load, attributes),
    duration: registry.bind(duration, attributes),
  };
}

/** The duration of one queue, in buckets of its own. */
export function bindDuration(registry: Registry, name: string, bounds: readonly number[]) {
  return registry.bind(duration, { 'test.queue': name }, { bounds });
}
