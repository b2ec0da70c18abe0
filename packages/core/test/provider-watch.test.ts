import { describe, expect, test } from 'vitest';
import { Registry } from '../src/index.ts';
import { duration, jobs, load } from './example-metrics.ts';
import { RecordingProvider } from './recording-provider.ts';

const attributes = { 'test.queue': 'a' };
const nextTurn = () => new Promise((resolve) => setTimeout(resolve));

function setUp() {
  const registry = new Registry();
  return { registry, counter: registry.bind(jobs, attributes), histogram: registry.bind(duration, attributes) };
}

describe('a global provider', () => {
  test('is found by the next record, though many were made in vain before', async () => {
    const { counter, histogram } = setUp();
    for (let turn = 0; turn < 3; turn++) {
      for (let i = 0; i < 5000; i++) counter.add(1);
      await nextTurn();
    }
    const provider = RecordingProvider.register();
    histogram.record(2);
    expect(provider.recorded).toEqual([[2, attributes]]);
    expect(provider.observe(jobs.name)).toEqual([[15_000, attributes]]);
  });

  test('that comes in the middle of a long loop is found by the next bind', () => {
    const { registry, counter, histogram } = setUp();
    for (let i = 0; i < 5000; i++) counter.add(1);
    const provider = RecordingProvider.register();
    registry.bind(load, attributes);
    histogram.record(2);
    expect(provider.recorded).toEqual([[2, attributes]]);
    expect(provider.observe(jobs.name)).toEqual([[5000, attributes]]);
  });

  test('that comes in the middle of a long loop is found when the loop is over, without any record', async () => {
    const { counter } = setUp();
    for (let i = 0; i < 5000; i++) counter.add(1);
    const provider = RecordingProvider.register();
    await nextTurn();
    expect(provider.observe(jobs.name)).toEqual([[5000, attributes]]);
  });

  test('gets nothing from a registry that was given a reader in the middle of a long loop', async () => {
    const { registry, counter } = setUp();
    for (let i = 0; i < 5000; i++) counter.add(1);
    registry.openReader();
    const provider = RecordingProvider.register();
    await nextTurn();
    counter.add(1);
    registry.bind(load, attributes);
    expect(provider.instruments).toEqual([]);
  });
});

test('a global provider is found though nothing is recorded any more', async () => {
  const { counter } = setUp();
  counter.add(3);
  const provider = RecordingProvider.register();
  await expect.poll(() => provider.observe(jobs.name), { timeout: 5000 }).toEqual([[3, attributes]]);
});

test('a reader that was closed before it collected leaves the way to a global provider open', () => {
  const { registry, counter } = setUp();
  registry.openReader().close();
  const provider = RecordingProvider.register();
  counter.add(1);
  expect(provider.observe(jobs.name)).toEqual([[1, attributes]]);
});

test('a reader that has collected closes it for good', () => {
  const { registry, counter } = setUp();
  const reader = registry.openReader();
  reader.collect();
  reader.close();
  const provider = RecordingProvider.register();
  counter.add(1);
  expect(provider.instruments).toEqual([]);
});
