import { describe, expect, test } from 'vitest';
import { type Naming, type ProducerOptions, Registry, type RegistryOptions, seriesCount } from '../../src/index.ts';
import { collectDropped, collectPoints, collectValues } from '../collected.ts';
import { jobs, load } from '../example-metrics.ts';

describe('an option is refused by name and value', () => {
  test.each([
    [{ maxSeriesPerMetric: 1 }, 'maxSeriesPerMetric is 1, not an integer from 2'],
    [{ maxSeriesPerMetric: 2.5 }, 'maxSeriesPerMetric is 2.5, not an integer from 2'],
    [{ maxSeriesPerMetric: '10' }, 'maxSeriesPerMetric is "10", not an integer from 2'],
    [{ keepEndedRuns: -1 }, 'keepEndedRuns is -1, not an integer from 0'],
    [{ keepEndedRunsSeconds: -1 }, 'keepEndedRunsSeconds is -1, not a number ≥ 0'],
    [{ keepEndedRunsSeconds: NaN }, 'keepEndedRunsSeconds is NaN, not a number ≥ 0'],
    [{ keepEndedRunsSeconds: '300' }, 'keepEndedRunsSeconds is "300", not a number ≥ 0'],
    [{ attributeLimits: { 'ml.model.name': 0 } }, 'attributeLimits["ml.model.name"] is 0, not an integer from 1'],
    [
      { bounds: { 'ml.training.step.duration': [1, 1] } },
      'bounds["ml.training.step.duration"] is [1,1], not at most 1000 ascending, finite numbers ≥ 0',
    ],
  ])('%o', (options, message) => {
    expect(() => new Registry(options as RegistryOptions)).toThrow(RangeError);
    expect(() => new Registry(options as RegistryOptions)).toThrow(message);
  });

  test('of a producer', () => {
    const registry = new Registry();
    const options = { temporality: 'delta' } as unknown as ProducerOptions;
    expect(() => registry.producer(options)).toThrow(new RangeError('temporality is "delta", not deltaTemporality'));
  });
});

test.each([
  ['portable', '"portable"'],
  [null, 'null'],
  [{}, '[object Object]'],
])('a naming that is none is refused: %o', (bad, shown) => {
  const naming = bad as unknown as Naming;
  const message = `naming is ${shown}, not a Naming`;
  expect(() => new Registry({ naming })).toThrow(new RangeError(message));
  expect(() => new Registry().producer({ naming })).toThrow(new RangeError(message));
});

test('the smallest registry that the options allow works', async () => {
  const registry = new Registry({ maxSeriesPerMetric: 2, keepEndedRuns: 0, keepEndedRunsSeconds: 0, attributeLimits: { 'test.queue': 1 } });
  const producer = registry.producer();
  registry.bind(jobs, { 'test.queue': 'a' }).add(1);
  expect(await collectValues(producer, jobs)).toEqual([1]);
});

test('modelmeter.series counts the attribute sets of all metrics, its own and the overflow series among them', async () => {
  const registry = new Registry({ maxSeriesPerMetric: 3 });
  const producer = registry.producer();
  const [own] = await collectValues(producer, seriesCount);
  // One for itself and one for each reason of modelmeter.dropped.
  expect(own).toBe(7);
  const removed = registry.bind(load, { 'test.queue': 'a' });
  for (let i = 0; i < 9; i++) registry.bind(jobs, { 'test.queue': `${i}` });
  expect(await collectPoints(producer, seriesCount)).toMatchObject([{ attributes: {}, value: 7 + 1 + 3 }]);
  removed.remove();
  expect(await collectValues(producer, seriesCount)).toEqual([7 + 3]);
});

test('modelmeter.dropped has every reason from the start, at 0', async () => {
  const points = await collectPoints(new Registry().producer(), { name: 'modelmeter.dropped' });
  expect(points.map(({ attributes, value }) => [attributes['reason'], value])).toEqual(
    ['non_finite', 'negative', 'series_limit', 'attribute_limit', 'collect_error', 'hook_error'].map((reason) => [reason, 0]),
  );
});

test('what was kept out elsewhere is counted once or as often as it is told, and an unknown reason is let go', async () => {
  const registry = new Registry();
  const producer = registry.producer();
  registry.drop('hook_error');
  registry.drop('non_finite', 4);
  registry.drop('unheard_of' as 'hook_error');
  expect(await collectDropped(producer)).toEqual({ hook_error: 1, non_finite: 4 });
});
