import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BUCKETS_AT, type MetricDefinition, prometheusLabel, prometheusName, type Registry, SUM_AT, VALUE_AT } from '@modelmeter/core';
import { AggregationType } from '@opentelemetry/sdk-metrics';
import { describe, expect } from 'vitest';
import { startPrometheus } from '../../../../test/servers/prometheus.ts';
import type { Sample } from '../../../../test/servers/query-api.ts';
import { testWith } from '../../../../test/servers/test-with.ts';
import { acceptedFormat } from '../../src/prometheus/content-negotiation.ts';
import { accuracy, duration, queueLength, requests } from './example-metrics.ts';
import { openReader } from './open-reader.ts';

const prometheusTest = testWith('prometheus');

/** What a query for everything should return of a registry: values by name and labels. */
function expectedValues(registry: Registry): Map<string, number> {
  const expected = new Map<string, number>();
  const reader = registry.openReader();
  const snapshot = reader.collect();
  reader.close();
  for (const { definition, series } of snapshot.families) {
    const name = prometheusName(definition);
    for (const one of series) {
      const labels = Object.fromEntries(
        Object.entries(one.attributes).map(([key, value]) => [prometheusLabel(key), Buffer.from(String(value)).toString()]),
      );
      if (definition.instrument !== 'histogram') {
        const value = snapshot.read(one, VALUE_AT);
        // A gauge's NaN is a value that is unknown yet.
        if (!Number.isNaN(value)) expected.set(identity({ __name__: name, ...labels }), value);
        continue;
      }
      let count = 0;
      for (const [i, bound] of [...boundsOf(definition), Infinity].entries()) {
        count += snapshot.read(one, BUCKETS_AT + i);
        expected.set(identity({ __name__: `${name}_bucket`, ...labels, le: String(bound) }), count);
      }
      expected.set(identity({ __name__: `${name}_sum`, ...labels }), snapshot.read(one, SUM_AT));
      expected.set(identity({ __name__: `${name}_count`, ...labels }), count);
    }
  }
  return expected;
}

function boundsOf({ bounds = [] }: MetricDefinition): readonly number[] {
  return bounds;
}

/** The labels without those that Prometheus adds; bounds as numbers, because the two formats write them differently. */
function identity({ job: _job, instance: _instance, ...labels }: Readonly<Record<string, string>>): string {
  const { le } = labels;
  const normal = le === undefined ? labels : { ...labels, le: String(Number(le.replace('+Inf', 'Infinity'))) };
  return JSON.stringify(Object.entries(normal).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function valuesOf(samples: readonly Sample[]): Map<string, number> {
  return new Map(samples.map(({ labels, value }) => [identity(labels), value]));
}

function recordExamples(registry: Registry): void {
  const awkward = ['digits', 'C:\\ "x"\n\t\r', 'ü 😀 \u0000 \u2028', '\ud800', '{a="b"} 5', '# EOF', ' '];
  for (const [i, name] of awkward.entries()) {
    const labels = { 'model.name': name };
    registry.bind(requests, { ...labels, fold: i }).add(10 ** (i * 3) + (i % 2) / 3);
    registry.bind(accuracy, labels).set(Math.sin(i) * 10 ** (i * 40 - 120));
    const seconds = registry.bind(duration, labels);
    for (let k = 0; k < 1000; k++) seconds.record(((k * 7919 + i) % 1000) / 300);
  }
  registry.bind(accuracy, { 'model.name': 'unknown yet' });
  registry.bind(queueLength, {}).add(-5e-324);
}

// Prometheus takes up a target only five seconds after its start, hence both formats at once.
describe.concurrent('Prometheus returns every value of the registry, and no other of it,', { timeout: 60_000 }, () => {
  for (const accept of [undefined, 'text/plain;version=0.0.4']) {
    prometheusTest(accept === undefined ? 'from the format that it prefers' : 'from the text format', async () => {
      const { reader, registry, provider } = openReader({
        resource: { 'service.name': 'digits', '': 'x' },
        views: [{ instrumentName: 'exponential', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } }],
      });
      recordExamples(registry);
      const awkward = { '': 'empty', '1st': 'digit', 'a.b': 'x', a_b: 'y', le: '1', __name__: 'n', größe: 'ü\n"\\\u0000' };
      for (const scope of ['a', 'b "c"\n']) {
        const meter = provider.getMeter(scope, '1');
        meter.createCounter('jobs').add(NaN, awkward);
        meter.createUpDownCounter('jobs').add(Infinity, awkward);
        meter.createHistogram('wait', { description: 'multi\nline "\\" help' }).record(5, awkward);
        for (const value of [-3, 0, 1, 2]) meter.createHistogram('exponential').record(value, awkward);
      }
      const formats = new Set<string>();
      const target = createServer((request, response) => {
        if (accept !== undefined) request.headers.accept = accept;
        reader.handler(request, response);
        formats.add(acceptedFormat(request.headers.accept));
      }).listen(0, '127.0.0.1');
      await once(target, 'listening');
      const prometheus = await startPrometheus({ target: `http://127.0.0.1:${(target.address() as AddressInfo).port}/metrics` });
      try {
        await prometheus.scraped();
        expect([...formats]).toEqual([accept === undefined ? 'openmetrics' : 'text']);
        const samples = await prometheus.query('{__name__=~"example_.*|modelmeter_.*"}');
        expect(valuesOf(samples)).toEqual(expectedValues(registry));

        const [info] = await prometheus.query('target_info');
        expect(info).toMatchObject({ labels: { service_name: 'digits' }, value: 1 });
        const [jobs, ...others] = await prometheus.query('jobs_total{otel_scope_name="a"}');
        expect(jobs).toMatchObject({
          labels: { a_b: 'x;y', key_1st: 'digit', le: '1', _name__: 'n', otel_scope_version: '1' },
          value: NaN,
        });
        expect(others).toEqual([]);
        expect(await prometheus.query('jobs{otel_scope_name="a"} == Inf')).toHaveLength(1);
        expect(await prometheus.query('wait_count')).toHaveLength(2);
        const median = await prometheus.query('histogram_quantile(0.6, exponential_bucket{otel_scope_name="a"})');
        expect(median[0]?.value).toBeCloseTo(1, 1);
      } finally {
        await prometheus.stop();
        target.close();
        target.closeAllConnections();
      }
    });
  }
});
