import { describe, expect, test } from 'vitest';
import { dropped, Registry, trainingMetrics } from '../../src/index.ts';
import { collectDropped } from '../collected.ts';
import { duration, jobs, outcome, queue, user } from '../example-metrics.ts';
import { untyped } from '../untyped.ts';

const attributes = { 'test.queue': 'a' };

describe('a second definition of one name', () => {
  test.each([
    ['another instrument', { instrument: 'updowncounter' }],
    ['another unit', { unit: '{task}' }],
    ['other attributes', { attributes: [queue, user], optionalAttributes: [outcome] }],
    ['no optional attributes', { optionalAttributes: [] }],
    ['other values of an attribute', { optionalAttributes: [user, { ...outcome, values: ['done'] }] }],
  ])('is refused with %s', (_, difference) => {
    const registry = new Registry();
    registry.bind(jobs, attributes);
    for (const _ of ['once', 'twice']) {
      expect(() => untyped(registry).bind({ ...jobs, ...difference }, attributes)).toThrow('test.jobs is another metric already');
    }
  });

  test('is refused with other bounds', () => {
    const registry = new Registry();
    registry.bind(duration, attributes);
    expect(() => registry.bind({ ...duration, bounds: [0.5, 1, 3] }, attributes)).toThrow('test.job.duration is another metric already');
  });

  test('gives the same instrument where only texts and limits differ, as between two versions of a package', () => {
    const registry = new Registry();
    const one = registry.bind(jobs, attributes);
    const other = structuredClone({ ...jobs, description: 'Jobs.', attributes: [{ ...queue, limit: 5 }] });
    expect(untyped(registry).bind(other, attributes)).toBe(one);
  });
});

describe('bounds of the registry', () => {
  const registry = new Registry({ bounds: { [trainingMetrics.trainingEpochDuration.name]: [1, 10] } });

  test('take the place of those of the definition, at every bind', async () => {
    const producer = registry.producer();
    const bind = () => registry.bind(trainingMetrics.trainingEpochDuration, { 'ml.model.name': 'digits' });
    bind().record(5);
    expect(bind()).toBe(bind());
    const { resourceMetrics } = await producer.collect();
    const metric = resourceMetrics.scopeMetrics[0]?.metrics.find(({ descriptor }) => descriptor.name === 'ml.training.epoch.duration');
    expect(metric?.dataPoints[0].value).toEqual({ buckets: { boundaries: [1, 10], counts: [0, 1, 0] }, sum: 5, count: 1, min: 5, max: 5 });
  });
});

test('what is dropped is counted after a run that used the counter has ended', async () => {
  const registry = new Registry({ keepEndedRuns: 0 });
  const producer = registry.producer();
  const run = registry.beginRun();
  run.bind(dropped, { reason: 'negative' });
  run.end();
  registry.bind(jobs, attributes).add(-1);
  expect(await collectDropped(producer)).toEqual({ negative: 1 });
});
