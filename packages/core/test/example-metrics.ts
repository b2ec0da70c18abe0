import { closedAttribute, defineMetric, openAttribute } from '../src/index.ts';

export const queue = openAttribute({ key: 'test.queue' });
export const user = openAttribute({ key: 'test.user', limit: 2 });
export const outcome = closedAttribute({ key: 'test.outcome', values: ['done', 'failed'] });

export const jobs = defineMetric({
  name: 'test.jobs',
  instrument: 'counter',
  unit: '{job}',
  description: 'Jobs done.',
  attributes: [queue],
  optionalAttributes: [user, outcome],
  stability: 'development',
});

export const waiting = defineMetric({
  name: 'test.waiting.size',
  instrument: 'updowncounter',
  unit: 'By',
  description: 'Size of the jobs that wait.',
  attributes: [queue],
  stability: 'development',
});

export const load = defineMetric({
  name: 'test.load',
  instrument: 'gauge',
  unit: '1',
  description: 'Load of a queue.',
  attributes: [queue],
  stability: 'development',
});

export const duration = defineMetric({
  name: 'test.job.duration',
  instrument: 'histogram',
  unit: 's',
  description: 'Duration of a job.',
  attributes: [queue],
  bounds: [0.5, 1, 2],
  stability: 'development',
});
