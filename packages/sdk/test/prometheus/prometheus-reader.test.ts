import { Registry } from '@modelmeter/core';
import { describe, expect, test } from 'vitest';
import { PrometheusReader } from '../../src/prometheus/prometheus-reader.ts';
import { diagWarnings } from '../diag-warnings.ts';
import { deferred } from './deferred.ts';
import { accuracy, duration, queueLength, requests } from './example-metrics.ts';
import { linesOf, openReader, samplesOf } from './open-reader.ts';

const warnings = diagWarnings();

function recordExamples(registry: Registry): void {
  registry.bind(requests, { 'model.name': 'digits', fold: 2 }).add(3);
  registry.bind(requests, { 'model.name': 'a "b"' }).add();
  registry.bind(queueLength, {}).add(-1.5);
  registry.bind(accuracy, { 'model.name': 'digits' }).set(0.75);
  registry.bind(accuracy, { 'model.name': 'unknown yet' });
  const seconds = registry.bind(duration, { 'model.name': 'digits' });
  for (const value of [0.01, 0.5, 1, 1000]) seconds.record(value);
}

test('the page in the text format has every metric with help, type and values', async () => {
  const { reader, registry } = openReader({ resource: { 'service.name': 'digits' } });
  recordExamples(registry);
  expect(await reader.text()).toBe(`# HELP target_info Attributes of the resource that is measured.
# TYPE target_info gauge
target_info{service_name="digits"} 1
# HELP modelmeter_dropped_total What was dropped, by reason.
# TYPE modelmeter_dropped_total counter
modelmeter_dropped_total{reason="non_finite"} 0
modelmeter_dropped_total{reason="negative"} 0
modelmeter_dropped_total{reason="series_limit"} 0
modelmeter_dropped_total{reason="attribute_limit"} 0
modelmeter_dropped_total{reason="collect_error"} 0
modelmeter_dropped_total{reason="hook_error"} 0
# HELP modelmeter_series Series of all metrics.
# TYPE modelmeter_series gauge
modelmeter_series 13
# HELP example_requests_total Requests answered.
# TYPE example_requests_total counter
example_requests_total{fold="2",model_name="digits"} 3
example_requests_total{model_name="a \\"b\\""} 1
# HELP example_queue_length Requests that wait.
# TYPE example_queue_length gauge
example_queue_length -1.5
# HELP example_accuracy_ratio Share of right answers, "top 1".\\nOn C:\\\\data.
# TYPE example_accuracy_ratio gauge
example_accuracy_ratio{model_name="digits"} 0.75
# HELP example_duration_seconds Duration of a request.
# TYPE example_duration_seconds histogram
example_duration_seconds_bucket{model_name="digits",le="0.05"} 1
example_duration_seconds_bucket{model_name="digits",le="1"} 3
example_duration_seconds_bucket{model_name="digits",le="2e+06"} 4
example_duration_seconds_bucket{model_name="digits",le="+Inf"} 4
example_duration_seconds_sum{model_name="digits"} 1001.51
example_duration_seconds_count{model_name="digits"} 4
`);
});

test('the page in OpenMetrics has shorter family names, units, float bounds and an end mark', async () => {
  const { reader, registry } = openReader({ resource: { 'service.name': 'digits' } });
  recordExamples(registry);
  const page = await reader.text({ format: 'openmetrics' });
  expect(page.endsWith('\n# EOF\n')).toBe(true);
  expect(linesOf(page, 'target', 'example')).toEqual([
    '# TYPE target info',
    '# HELP target Attributes of the resource that is measured.',
    'target_info{service_name="digits"} 1',
    '# TYPE example_requests counter',
    '# HELP example_requests Requests answered.',
    'example_requests_total{fold="2",model_name="digits"} 3',
    'example_requests_total{model_name="a \\"b\\""} 1',
    '# TYPE example_queue_length gauge',
    '# HELP example_queue_length Requests that wait.',
    'example_queue_length -1.5',
    '# TYPE example_accuracy_ratio gauge',
    '# HELP example_accuracy_ratio Share of right answers, \\"top 1\\".\\nOn C:\\\\data.',
    'example_accuracy_ratio{model_name="digits"} 0.75',
    '# TYPE example_duration_seconds histogram',
    '# UNIT example_duration_seconds seconds',
    '# HELP example_duration_seconds Duration of a request.',
    'example_duration_seconds_bucket{model_name="digits",le="0.05"} 1',
    'example_duration_seconds_bucket{model_name="digits",le="1.0"} 3',
    'example_duration_seconds_bucket{model_name="digits",le="2e+06"} 4',
    'example_duration_seconds_bucket{model_name="digits",le="+Inf"} 4',
    'example_duration_seconds_sum{model_name="digits"} 1001.51',
    'example_duration_seconds_count{model_name="digits"} 4',
  ]);
});

test('series of one histogram that have bounds of their own are on the page with these', async () => {
  const { reader, registry } = openReader();
  const bind = (model: string, bounds?: readonly number[]) => registry.bind(duration, { 'model.name': model }, bounds ? { bounds } : {});
  const removed = bind('removed', [9]);
  for (const one of [bind('tiny', [0.0001, 1]), bind('usual'), bind('also tiny', [0.0001, 1]), bind('large', [60])]) {
    for (const seconds of [0.0001, 0.5, 100]) one.record(seconds);
  }
  const buckets = async () => samplesOf(await reader.text(), 'example_duration_seconds_bucket');
  expect(await buckets()).toHaveLength(2 + 3 + 4 + 3 + 2);
  removed.remove();
  expect(await buckets()).toEqual([
    'example_duration_seconds_bucket{model_name="tiny",le="0.0001"} 1',
    'example_duration_seconds_bucket{model_name="tiny",le="1"} 2',
    'example_duration_seconds_bucket{model_name="tiny",le="+Inf"} 3',
    'example_duration_seconds_bucket{model_name="usual",le="0.05"} 1',
    'example_duration_seconds_bucket{model_name="usual",le="1"} 2',
    'example_duration_seconds_bucket{model_name="usual",le="2e+06"} 3',
    'example_duration_seconds_bucket{model_name="usual",le="+Inf"} 3',
    'example_duration_seconds_bucket{model_name="also tiny",le="0.0001"} 1',
    'example_duration_seconds_bucket{model_name="also tiny",le="1"} 2',
    'example_duration_seconds_bucket{model_name="also tiny",le="+Inf"} 3',
    'example_duration_seconds_bucket{model_name="large",le="60"} 2',
    'example_duration_seconds_bucket{model_name="large",le="+Inf"} 3',
  ]);
  const page = await reader.text({ format: 'openmetrics' });
  expect(
    samplesOf(page, 'example_duration_seconds_bucket{model_name="tiny"', 'example_duration_seconds_bucket{model_name="large"'),
  ).toEqual([
    'example_duration_seconds_bucket{model_name="tiny",le="0.0001"} 1',
    'example_duration_seconds_bucket{model_name="tiny",le="1.0"} 2',
    'example_duration_seconds_bucket{model_name="tiny",le="+Inf"} 3',
    'example_duration_seconds_bucket{model_name="large",le="60.0"} 2',
    'example_duration_seconds_bucket{model_name="large",le="+Inf"} 3',
  ]);
  expect(samplesOf(page, 'example_duration_seconds_sum', 'example_duration_seconds_count')).toHaveLength(8);
  expect(linesOf(page, 'example_duration_seconds').filter((line) => line.startsWith('#'))).toHaveLength(3);
});

test('a page shows the values of the moment it is asked for, without series that have ended', async () => {
  const { reader, registry } = openReader();
  const runs = [0, 1, 2].map((fold) => registry.bind(requests, { 'model.name': 'digits', fold }));
  const lines = async () => samplesOf(await reader.text(), 'example_requests_total');
  expect(await lines()).toHaveLength(3);
  runs[1]?.remove();
  runs[2]?.add(5);
  registry.bind(requests, { 'model.name': 'digits', fold: 3 }).add(6);
  expect(await lines()).toEqual([
    'example_requests_total{fold="0",model_name="digits"} 0',
    'example_requests_total{fold="2",model_name="digits"} 5',
    'example_requests_total{fold="3",model_name="digits"} 6',
  ]);
  runs[0]?.remove();
  registry.bind(requests, { 'model.name': 'digits', fold: 0 }).add(7);
  expect(await lines()).toEqual([
    'example_requests_total{fold="2",model_name="digits"} 5',
    'example_requests_total{fold="3",model_name="digits"} 6',
    'example_requests_total{fold="0",model_name="digits"} 7',
  ]);
});

test('two readers of registries that share definitions write the series of their own', async () => {
  const readers = ['a', 'b'].map((model) => {
    const opened = openReader();
    opened.registry.bind(requests, { 'model.name': model }).add();
    return opened.reader;
  });
  for (const round of [1, 2]) {
    const pages = await Promise.all(readers.map((reader) => reader.text()));
    expect(
      pages.map((page) => samplesOf(page, 'example_requests_total')),
      `round ${round}`,
    ).toEqual([['example_requests_total{model_name="a"} 1'], ['example_requests_total{model_name="b"} 1']]);
  }
});

test('the overflow series of a metric is on the page', async () => {
  const registry = new Registry({ maxSeriesPerMetric: 2 });
  const { reader } = openReader({ registry });
  for (const name of ['a', 'b', 'c']) registry.bind(requests, { 'model.name': name }).add();
  expect(samplesOf(await reader.text(), 'example_requests_total')).toEqual([
    'example_requests_total{model_name="a"} 1',
    'example_requests_total{otel_metric_overflow="true"} 2',
  ]);
});

describe('a collection', () => {
  test('is shared by those who ask while it runs, and not by those who ask later', async () => {
    const { reader, meter } = openReader();
    let collections = 0;
    meter.createObservableGauge('slow').addCallback(async (result) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      result.observe(++collections);
    });
    const pages = await Promise.all([reader.text(), reader.text(), reader.text({ format: 'openmetrics' })]);
    expect(pages.map((page) => samplesOf(page, 'slow'))).toEqual(
      pages.map(() => ['slow{otel_scope_name="app",otel_scope_version="1.2.3"} 1']),
    );
    expect(samplesOf(await reader.text(), 'slow')).toEqual(['slow{otel_scope_name="app",otel_scope_version="1.2.3"} 2']);
  });

  test('goes out without an instrument whose callback throws, which is warned of once', async () => {
    const { reader, registry, meter } = openReader();
    meter.createObservableGauge('broken').addCallback(() => {
      throw new Error('sensor unplugged');
    });
    meter.createCounter('fine').add(1);
    registry.bind(queueLength, {}).add(4);
    for (const round of [1, 2]) {
      const page = await reader.text();
      expect(samplesOf(page, 'broken', 'example_queue_length ', 'fine_total'), `round ${round}`).toEqual([
        'example_queue_length 4',
        'fine_total{otel_scope_name="app",otel_scope_version="1.2.3"} 1',
      ]);
    }
    expect(warnings).toEqual([expect.stringContaining('sensor unplugged')]);
  });

  test('goes out without an instrument whose callback hangs', async () => {
    const { reader, registry, meter } = openReader({ collectTimeoutSeconds: 0.05 });
    meter.createObservableGauge('stuck').addCallback(() => new Promise(() => {}));
    registry.bind(queueLength, {}).add(4);
    expect(samplesOf(await reader.text(), 'stuck', 'example_queue_length')).toEqual(['example_queue_length 4']);
    expect(warnings).toHaveLength(1);
  });

  test('that hangs as a whole is given up, and the next one is tried', async () => {
    const reader = new PrometheusReader({ registry: new Registry(), collectTimeoutSeconds: 0.01 });
    let calls = 0;
    reader.setMetricProducer({
      collect() {
        calls++;
        return new Promise(() => {});
      },
    });
    await expect(reader.text()).rejects.toThrow('A collection took longer than 1.01 s');
    await expect(reader.text()).rejects.toThrow('A collection took longer than 1.01 s');
    expect(calls).toBe(2);
  });

  test('fails before the reader belongs to a provider and after its shutdown', async () => {
    await expect(new PrometheusReader({ registry: new Registry() }).text()).rejects.toThrow('not bound');
    const { reader, provider } = openReader();
    await provider.shutdown();
    await expect(reader.text()).rejects.toThrow('shutdown');
  });
});

test('after shutdown the registry waits for the reader no longer', async () => {
  const registry = new Registry({ keepEndedRunsSeconds: 0 });
  const { provider } = openReader({ registry });
  const other = registry.openReader();
  const run = registry.beginRun();
  run.bind(queueLength, {}).add(1);
  run.end();
  const isThere = () => other.collect().families.some(({ definition, series }) => definition === queueLength && series.length > 0);
  other.collect();
  expect(isThere()).toBe(true);
  await provider.shutdown();
  expect(isThere()).toBe(false);
});

test('a value that is asked for when collecting is on the page that asks', async () => {
  const { reader, registry } = openReader();
  let waiting = 0;
  registry.onCollect('queue', () => registry.bind(queueLength, {}).observe(++waiting));
  expect(samplesOf(await reader.text(), 'example_queue_length')).toEqual(['example_queue_length 1']);
  expect(samplesOf(await reader.text(), 'example_queue_length')).toEqual(['example_queue_length 2']);
});

test('the resource is on the page once all of its attributes are known', async () => {
  const { promise, resolve } = deferred<string>();
  const { reader } = openReader({ resource: { 'host.name': promise } });
  expect(linesOf(await reader.text(), 'target_info')).toEqual([]);
  resolve('box');
  await promise;
  await Promise.resolve();
  expect(samplesOf(await reader.text(), 'target_info')).toEqual(['target_info{host_name="box"} 1']);
});

test('an option that makes no sense is named', () => {
  expect(() => new PrometheusReader({ registry: new Registry(), collectTimeoutSeconds: 0 })).toThrow('collectTimeoutSeconds is 0');
  const { reader } = openReader();
  return expect(reader.text({ format: 'html' as 'text' })).rejects.toThrow('format is "html"');
});
