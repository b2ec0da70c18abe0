import { describe, expect, test } from 'vitest';
import { Registry } from '../../src/index.ts';
import { collectDropped, collectPoints, collectValues } from '../collected.ts';
import { duration, jobs, load } from '../example-metrics.ts';
import { listenToWarnings } from '../warnings.ts';

const OVERFLOW = { 'otel.metric.overflow': true };

function limited(maxSeriesPerMetric: number) {
  const registry = new Registry({ maxSeriesPerMetric });
  return { registry, producer: registry.producer(), bind: (number: number) => registry.bind(jobs, { 'test.queue': `${number}` }) };
}

describe('a metric with as many series as it may have', () => {
  test('has the limit in all, of which the last is the overflow series', async () => {
    const { producer, bind } = limited(5);
    for (let i = 0; i < 100; i++) bind(i).add(1);
    const points = await collectPoints(producer, jobs);
    expect(points.map(({ attributes, value }) => [attributes, value])).toEqual([
      [{ 'test.queue': '0' }, 1],
      [{ 'test.queue': '1' }, 1],
      [{ 'test.queue': '2' }, 1],
      [{ 'test.queue': '3' }, 1],
      [OVERFLOW, 96],
    ]);
    expect(await collectDropped(producer)).toEqual({ series_limit: 96 });
  });

  test('has 2000 by default', async () => {
    const registry = new Registry();
    const producer = registry.producer();
    for (let i = 0; i < 3000; i++) registry.bind(jobs, { 'test.queue': `${i}` }).add(i);
    const values = (await collectValues(producer, jobs)) as number[];
    expect(values).toHaveLength(2000);
    expect(values.reduce((sum, value) => sum + value, 0)).toBe((2999 * 3000) / 2);
  });

  test('keeps the exact count of a histogram', async () => {
    const { registry, producer } = limited(3);
    for (let i = 0; i < 10; i++) registry.bind(duration, { 'test.queue': `${i}` }).record(i);
    expect(await collectPoints(producer, duration)).toMatchObject([
      { value: { count: 1, sum: 0 } },
      { value: { count: 1, sum: 1 } },
      { attributes: OVERFLOW, value: { count: 8, sum: 44, min: 2, max: 9 } },
    ]);
  });

  test('knows the series that it has, and tells the others no more apart', () => {
    const { bind } = limited(3);
    const [first, second, third] = [bind(1), bind(2), bind(3)];
    expect(bind(1)).toBe(first);
    expect(bind(2)).toBe(second);
    expect(bind(4)).toBe(third);
  });

  test('takes a new series for one that was removed, with the overflow series beside it', async () => {
    const { producer, bind } = limited(2);
    const first = bind(1);
    bind(2).add(5);
    first.remove();
    bind(3).add(7);
    bind(4).add(1);
    const points = await collectPoints(producer, jobs);
    expect(points.map(({ attributes, value }) => [attributes, value])).toEqual([
      [OVERFLOW, 6],
      [{ 'test.queue': '3' }, 7],
    ]);
  });

  test('does not let go of the overflow series, which many share', async () => {
    const { producer, bind } = limited(2);
    bind(1);
    const [two, three] = [bind(2), bind(3)];
    two.add(1);
    two.remove();
    three.add(1);
    expect(await collectValues(producer, jobs)).toEqual([0, 2]);
  });

  test('leaves other metrics as they are', async () => {
    const { registry, producer, bind } = limited(2);
    for (let i = 0; i < 5; i++) bind(i);
    registry.bind(load, { 'test.queue': '9' }).set(1);
    expect(await collectPoints(producer, load)).toMatchObject([{ attributes: { 'test.queue': '9' }, value: 1 }]);
  });

  test('warns once', () => {
    const warnings = listenToWarnings();
    const { bind } = limited(3);
    for (let i = 0; i < 9; i++) bind(i);
    expect(warnings).toEqual(['modelmeter: test.jobs: series_limit: 2; further ones are only counted']);
  });
});

test('a metric whose attributes have listed values only is not limited, so that what was dropped can always be told', async () => {
  const { registry, producer } = limited(2);
  registry.drop('hook_error', 3);
  registry.bind(jobs, { 'test.queue': 'a' }).add(-1);
  expect(await collectDropped(producer)).toEqual({ hook_error: 3, negative: 1 });
});
