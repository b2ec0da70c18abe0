import { defineMetric } from '@modelmeter/core';
import { type AggregationOption, AggregationType } from '@opentelemetry/sdk-metrics';
import { describe, expect, test } from 'vitest';
import { diagWarnings } from '../diag-warnings.ts';
import { linesOf, openReader, samplesOf } from './open-reader.ts';

const warnings = diagWarnings();
const SCOPE = 'otel_scope_name="app",otel_scope_version="1.2.3"';

describe("the SDK's own instruments", () => {
  test('are named as the registry is, with unit, type and scope', async () => {
    const { reader, meter } = openReader();
    meter.createCounter('jobs.done', { description: 'Jobs done.', unit: '{job}' }).add(2, { queue: 'a' });
    meter.createUpDownCounter('pool.size', { unit: 'By' }).add(-3);
    meter.createGauge('load', { unit: '1' }).record(0.5);
    meter.createHistogram('wait', { unit: 's', advice: { explicitBucketBoundaries: [1, 2] } }).record(1.5);
    expect(linesOf(await reader.text(), 'jobs', 'pool', 'load', 'wait')).toEqual([
      '# HELP jobs_done_total Jobs done.',
      '# TYPE jobs_done_total counter',
      `jobs_done_total{${SCOPE},queue="a"} 2`,
      '# TYPE pool_size_bytes gauge',
      `pool_size_bytes{${SCOPE}} -3`,
      '# TYPE load_ratio gauge',
      `load_ratio{${SCOPE}} 0.5`,
      '# TYPE wait_seconds histogram',
      `wait_seconds_bucket{${SCOPE},le="1"} 0`,
      `wait_seconds_bucket{${SCOPE},le="2"} 1`,
      `wait_seconds_bucket{${SCOPE},le="+Inf"} 1`,
      `wait_seconds_sum{${SCOPE}} 1.5`,
      `wait_seconds_count{${SCOPE}} 1`,
    ]);
  });

  test('of two scopes share a family, in the order of the scopes', async () => {
    const { reader, provider } = openReader();
    provider.getMeter('b', '1', { schemaUrl: 'http://schema' }).createCounter('jobs').add(1);
    provider.getMeter('b').createCounter('jobs', { description: 'Jobs done.' }).add(2);
    provider.getMeter('a').createCounter('jobs').add(3);
    expect(linesOf(await reader.text(), 'jobs')).toEqual([
      '# HELP jobs_total Jobs done.',
      '# TYPE jobs_total counter',
      'jobs_total{otel_scope_name="a"} 3',
      'jobs_total{otel_scope_name="b"} 2',
      'jobs_total{otel_scope_name="b",otel_scope_schema_url="http://schema",otel_scope_version="1"} 1',
    ]);
  });

  test('with an exponential histogram have classic buckets', async () => {
    const { reader, meter } = openReader({
      views: [{ instrumentName: 'size', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM, options: { maxSize: 4 } } }],
    });
    const size = meter.createHistogram('size', { unit: 'By' });
    for (const value of [0, 1, 3, 3, 16]) size.record(value);
    expect(linesOf(await reader.text(), 'size')).toEqual([
      '# TYPE size_bytes histogram',
      ...[
        [0, 1],
        [0.25, 1],
        [1, 2],
        [4, 4],
        [16, 5],
      ].map(([bound, count]) => `size_bytes_bucket{${SCOPE},le="${bound}"} ${count}`),
      `size_bytes_bucket{${SCOPE},le="+Inf"} 5`,
      `size_bytes_sum{${SCOPE}} 23`,
      `size_bytes_count{${SCOPE}} 5`,
    ]);
  });

  test('with a histogram that may fall have no sum', async () => {
    const aggregation: AggregationOption = { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM, options: { boundaries: [-1, 1] } };
    const { reader, meter } = openReader({ views: [{ instrumentName: 'drift', aggregation }] });
    meter.createUpDownCounter('drift').add(-2);
    expect(linesOf(await reader.text(), 'drift_')).toEqual([
      `drift_bucket{${SCOPE},le="-1"} 1`,
      `drift_bucket{${SCOPE},le="1"} 1`,
      `drift_bucket{${SCOPE},le="+Inf"} 1`,
      `drift_count{${SCOPE}} 1`,
    ]);
  });

  test('with an attribute le on a histogram keep both', async () => {
    const { reader, meter } = openReader();
    meter.createHistogram('wait', { advice: { explicitBucketBoundaries: [1] } }).record(2, { le: '5' });
    expect(linesOf(await reader.text(), 'wait_bucket')).toEqual([
      `wait_bucket{exported_le="5",${SCOPE},le="1"} 0`,
      `wait_bucket{exported_le="5",${SCOPE},le="+Inf"} 1`,
    ]);
  });

  test('with attribute sets that come out alike keep the first, and the rest is warned of once', async () => {
    const { reader, meter } = openReader();
    const jobs = meter.createCounter('jobs');
    jobs.add(1, { 'a.b': 'x' });
    jobs.add(2, { 'a-b': 'x' });
    jobs.add(3, { a_b: 'y' });
    await reader.text();
    expect(samplesOf(await reader.text(), 'jobs_total')).toEqual([`jobs_total{a_b="x",${SCOPE}} 1`, `jobs_total{a_b="y",${SCOPE}} 3`]);
    expect(warnings).toEqual([expect.stringContaining('a series of jobs_total is not on the Prometheus page')]);
  });

  test('without a name that Prometheus could use are left out, which is warned of once', async () => {
    const { reader, meter } = openReader();
    const before = warnings.length;
    meter.createGauge('…').record(1);
    const invalid = warnings.length;
    await reader.text();
    const page = await reader.text();
    expect(page).not.toContain(SCOPE);
    expect(invalid).toBe(before + 1); // by the SDK itself
    expect(warnings.slice(invalid)).toEqual([expect.stringContaining('"…"')]);
  });
});

describe('names that meet', () => {
  const definition = { unit: '', description: 'From the registry.', attributes: [], stability: 'development' } as const;

  test('are one family where the types agree, with the series of the registry first', async () => {
    const { reader, registry, provider, meter } = openReader();
    meter.createCounter('jobs').add(1);
    provider.getMeter('').createCounter('jobs.').add(2);
    registry.bind(defineMetric({ ...definition, name: 'jobs', instrument: 'counter' }), {}).add(3);
    expect(linesOf(await reader.text(), 'jobs')).toEqual([
      '# HELP jobs_total From the registry.',
      '# TYPE jobs_total counter',
      'jobs_total 3',
      `jobs_total{${SCOPE}} 1`,
    ]);
    // The scope without a name has the same labels as the registry: none.
    expect(warnings.filter((warning) => warning.includes('jobs_total'))).toHaveLength(1);
  });

  test('leave out the later metric where both are of the registry, which is warned of once', async () => {
    const { reader, registry } = openReader();
    const gauge = (name: string) => registry.bind(defineMetric({ ...definition, name, instrument: 'gauge' }), {});
    const counter = (name: string) => registry.bind(defineMetric({ ...definition, name, instrument: 'counter' }), {});
    gauge('a.b').set(1);
    gauge('a_b').set(2);
    counter('jobs').add(3);
    counter('jobs.total').add(4);
    await reader.text();
    expect(samplesOf(await reader.text(), 'a_b')).toEqual(['a_b 1']);
    expect(samplesOf(await reader.text(), 'jobs_total')).toEqual(['jobs_total 3']);
    expect(warnings).toEqual([
      'modelmeter: the gauge a_b is not on the Prometheus page: a_b belongs to another metric, a_b',
      'modelmeter: the counter jobs_total is not on the Prometheus page: jobs_total belongs to another metric, jobs_total',
    ]);
  });

  test('are as good as can be where a record that defineMetric has not seen has a bad name and bad keys', async () => {
    const { reader, registry } = openReader();
    const attributes = [{ key: 'le' }, { key: 'a.b' }, { key: 'a_b' }, { key: '__name__' }];
    const record = { ...definition, name: 'bad name', instrument: 'histogram', bounds: [1], attributes } as const;
    registry.bind(record, { le: 'w', 'a.b': 'x', a_b: 'y', __name__: 'z' }).record(1);
    registry.bind({ ...definition, name: '…', instrument: 'gauge' }, {}).set(1);
    expect(samplesOf(await reader.text(), 'bad_name_sum')).toEqual(['bad_name_sum{_name__="z",a_b="x;y",exported_le="w"} 1']);
    expect(warnings).toEqual([expect.stringContaining('"…"')]);
  });

  test('leave out the later metric where the types differ, which is warned of once', async () => {
    const { reader, registry, meter } = openReader();
    meter.createHistogram('jobs').record(1);
    registry.bind(defineMetric({ ...definition, name: 'jobs', instrument: 'gauge' }), {}).set(3);
    await reader.text();
    expect(linesOf(await reader.text(), 'jobs')).toEqual(['# HELP jobs From the registry.', '# TYPE jobs gauge', 'jobs 3']);
    expect(warnings).toEqual([expect.stringContaining('the histogram jobs is not on the Prometheus page')]);
  });

  test('leave out a metric that is called like a line of a histogram', async () => {
    const { reader, meter } = openReader();
    meter.createHistogram('wait').record(1);
    meter.createGauge('wait.count').record(5);
    expect(linesOf(await reader.text(), 'wait_count')).toEqual([`wait_count{${SCOPE}} 1`]);
  });

  test('leave out a metric that is called like the resource', async () => {
    const { reader, meter } = openReader({ resource: { a: 'b' } });
    meter.createGauge('target.info').record(5);
    expect(samplesOf(await reader.text(), 'target_info')).toEqual(['target_info{a="b"} 1']);
  });

  test('in OpenMetrics alone are told apart by an unknown type', async () => {
    const { reader, provider } = openReader();
    provider.getMeter('a').createCounter('jobs').add(1);
    provider.getMeter('b').createGauge('jobs').record(2);
    expect(linesOf(await reader.text({ format: 'openmetrics' }), 'jobs')).toEqual([
      '# TYPE jobs_total unknown',
      'jobs_total{otel_scope_name="a"} 1',
      '# TYPE jobs gauge',
      'jobs{otel_scope_name="b"} 2',
    ]);
  });
});
