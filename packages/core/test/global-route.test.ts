import { type Meter, metrics } from '@opentelemetry/api';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Registry } from '../src/index.ts';
import { duration, jobs, load } from './example-metrics.ts';
import { RecordingProvider } from './recording-provider.ts';
import { listenToWarnings } from './warnings.ts';

const attributes = { 'test.queue': 'a' };
const nextTurn = () => new Promise((resolve) => setTimeout(resolve));

function setUp() {
  const registry = new Registry();
  return { registry, counter: registry.bind(jobs, attributes), histogram: registry.bind(duration, attributes) };
}

describe('a global provider', () => {
  test('gets nothing from an instrument that was removed', () => {
    const provider = RecordingProvider.register();
    const { registry, counter, histogram } = setUp();
    histogram.record(1);
    histogram.remove();
    counter.remove();
    histogram.record(2);
    counter.add(1);
    registry.bind(duration, attributes).record(3);
    expect(provider.recorded.map(([value]) => value)).toEqual([1, 3]);
    expect(provider.observe(jobs.name)).toEqual([]);
  });

  test('gets one histogram for a metric, of the bounds of the metric, whatever bounds its series have', () => {
    const provider = RecordingProvider.register();
    const registry = new Registry();
    const series = [registry.bind(duration, { 'test.queue': 'own' }, { bounds: [7] }), registry.bind(duration, attributes)];
    series.forEach((one, i) => one.record(i));
    expect(provider.bounds).toEqual([[0.5, 1, 2]]);
    expect(provider.recorded).toEqual([
      [0, { 'test.queue': 'own' }],
      [1, attributes],
    ]);
  });

  test('gets nothing any more once there is a reader', () => {
    const provider = RecordingProvider.register();
    const { registry, counter, histogram } = setUp();
    counter.add(1);
    registry.openReader();
    histogram.record(2);
    expect(provider.recorded).toEqual([]);
    expect(provider.observe(jobs.name)).toEqual([]);
  });

  test('gets no value that was kept out, and no gauge that is not set', () => {
    const provider = RecordingProvider.register();
    const { registry, histogram } = setUp();
    registry.bind(load, attributes).set(NaN);
    for (const value of [NaN, -1, Infinity]) histogram.record(value);
    expect(provider.recorded).toEqual([]);
    expect(provider.observe(load.name)).toEqual([]);
    expect(provider.observe('modelmeter.dropped').filter(([value]) => value > 0)).toEqual([
      [3, { reason: 'non_finite' }],
      [1, { reason: 'negative' }],
    ]);
  });
});

test.each(['before', 'after'])('a global provider that fails and came %s the registry is let go with a warning', (order) => {
  const warnings = listenToWarnings();
  const register = () => metrics.setGlobalMeterProvider({ getMeter: () => ({}) as Meter });
  onTestFinished(() => metrics.disable());
  if (order === 'before') register();
  const { counter, histogram } = setUp();
  if (order === 'after') register();
  counter.add(1);
  histogram.record(1);
  expect(warnings).toEqual(['modelmeter: the global MeterProvider failed']);
});

test('the callbacks of onCollect run once in a collection, however many instruments it asks', async () => {
  const provider = RecordingProvider.register();
  const { registry } = setUp();
  const callback = vi.fn<() => void>();
  registry.onCollect('queue', callback);
  for (const name of provider.instruments) provider.observe(name);
  expect(callback).toHaveBeenCalledTimes(1);
  await nextTurn();
  provider.observe(jobs.name);
  expect(callback).toHaveBeenCalledTimes(2);
});
