import { describe, expect, test } from 'vitest';
import { allDefinitions, otelNaming, portableNaming, prometheusName, Registry } from '../src/index.ts';
import { collect, collectPoints } from './collected.ts';
import { duration, jobs, load } from './example-metrics.ts';

const attributes = { 'test.queue': 'a' };

describe('with portable naming', () => {
  test('metrics and attributes have their final Prometheus names, and the units they had', async () => {
    const registry = new Registry({ naming: portableNaming, maxSeriesPerMetric: 2 });
    const producer = registry.producer();
    registry.bind(jobs, attributes).add(1);
    registry.bind(load, attributes).set(1);
    registry.bind(load, { 'test.queue': 'b' }).set(2);
    registry.bind(duration, attributes);
    const metrics = [...(await collect(producer)).values()].map(({ descriptor }) => [descriptor.name, descriptor.unit]);
    expect(metrics).toEqual([
      ['modelmeter_dropped_total', '{occurrence}'],
      ['modelmeter_series', '{series}'],
      ['test_jobs_total', '{job}'],
      ['test_load_ratio', '1'],
      ['test_job_duration_seconds', 's'],
    ]);
    const points = await collectPoints(producer, { name: 'test_load_ratio' });
    expect(points.map((point) => point.attributes)).toEqual([{ test_queue: 'a' }, { otel_metric_overflow: true }]);
  });

  test('translation changes no name any more, so that it is the same on every way', () => {
    for (const definition of Object.values(allDefinitions).flat()) {
      const name = prometheusName(definition);
      expect(prometheusName({ ...definition, name })).toBe(name);
    }
  });
});

test('a producer may have another naming than its registry', async () => {
  const registry = new Registry();
  registry.bind(jobs, attributes);
  expect([...(await collect(registry.producer({ naming: portableNaming }))).keys()]).toContain('test_jobs_total');
  expect([...(await collect(registry.producer())).keys()]).toContain('test.jobs');
  const portable = new Registry({ naming: portableNaming });
  portable.bind(jobs, attributes);
  expect([...(await collect(portable.producer({ naming: otelNaming }))).keys()]).toContain('test.jobs');
});
