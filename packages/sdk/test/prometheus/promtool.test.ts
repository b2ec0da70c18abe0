import { allDefinitions, type Registry } from '@modelmeter/core';
import { AggregationType } from '@opentelemetry/sdk-metrics';
import { expect } from 'vitest';
import { promtoolProblems } from '../../../../test/servers/promtool.ts';
import { testWith } from '../../../../test/servers/test-with.ts';
import { duration } from './example-metrics.ts';
import { openReader } from './open-reader.ts';

const promtoolTest = testWith('promtool');
const definitions = Object.values(allDefinitions).flat();

/** A series of every metric there is, with a value. */
function recordAll(registry: Registry): void {
  for (const definition of definitions) {
    const attributes = Object.fromEntries(definition.attributes.map(({ key, values }) => [key, values?.[0] ?? 'x']));
    const bound = registry.bind(definition, attributes) as {
      add?(n: number): void;
      set?(n: number): void;
      record?(n: number): void;
    };
    bound.record?.(0.5);
    bound.set?.(0.5);
    bound.add?.(0.5);
  }
}

promtoolTest('promtool finds nothing to say about a page with every metric', async () => {
  const { reader, registry } = openReader({ resource: { 'service.name': 'digits', 'service.instance.id': 'i "1"' } });
  recordAll(registry);
  const page = await reader.text();
  expect(page.split('# TYPE').length - 1).toBe(definitions.length + 1);
  // A name of OpenTelemetry's semantic conventions, which is ours to keep.
  const known = /^process_unix_file_descriptor_count non-histogram and non-summary metrics should not have "_count" suffix$/;
  expect((await promtoolProblems(page)).filter((problem) => !known.test(problem))).toEqual([]);
});

promtoolTest('promtool finds nothing to say about series of one histogram with bounds of their own', async () => {
  const { reader, registry } = openReader();
  for (const [model, bounds] of [
    ['tiny', [0.00005, 0.001]],
    ['usual', duration.bounds],
    ['large', [60, 600]],
  ] as const) {
    const histogram = registry.bind(duration, { 'model.name': model }, { bounds });
    for (const seconds of [0.0001, 1, 100]) histogram.record(seconds);
  }
  expect(await promtoolProblems(await reader.text())).toEqual([]);
});

promtoolTest('promtool can read whatever an SDK instrument brings', async () => {
  const { reader, registry, provider, meter } = openReader({
    resource: { '': 'x', '1': 'y', __name__: 'z' },
    views: [{ instrumentName: 'exponential', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } }],
  });
  recordAll(registry);
  const awkward = {
    '': 'empty',
    '1st': 'digit',
    'a.b': 'x',
    a_b: 'y',
    le: '1',
    quantile: '0.5',
    __name__: 'n',
    größe: 'ü\n"\\\u0000',
    job: 'j',
  };
  for (const scope of ['a', 'b "c"\n', '']) {
    const scoped = provider.getMeter(scope, '1');
    scoped.createCounter('jobs/done-total').add(NaN, awkward);
    scoped.createGauge('1st.gauge', { unit: 'kBy/s' }).record(-Infinity, awkward);
    scoped
      .createHistogram('wait', { description: 'multi\nline \\ help', advice: { explicitBucketBoundaries: [-1, 0, 0, 1e9] } })
      .record(5, awkward);
    for (const value of [-3, 0, 1e-300, 1e300]) scoped.createHistogram('exponential').record(value, awkward);
  }
  meter.createGauge('wait.bucket').record(1);
  const problems = await promtoolProblems(await reader.text());
  expect(problems.filter((problem) => problem.includes('error while linting'))).toEqual([]);
});
