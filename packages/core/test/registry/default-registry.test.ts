import { expect, test, vi } from 'vitest';
import * as core from '../../src/index.ts';
import { collectValues } from '../collected.ts';

/** The package once more, as a second installation of it would be loaded. */
async function loadSecondCopy(): Promise<typeof core> {
  vi.resetModules();
  return import('../../src/index.ts');
}

test('the default registry is one per process, for all copies of the package', async () => {
  const copy = await loadSecondCopy();
  expect(copy.Registry).not.toBe(core.Registry);
  expect(copy.defaultRegistry()).toBe(core.defaultRegistry());
});

test('two copies record on the same series, each with its own definitions', async () => {
  const copy = await loadSecondCopy();
  const attributes = { 'ml.model.name': 'digits' };
  const producer = core.defaultRegistry().producer();
  core.defaultRegistry().bind(core.trainingMetrics.trainingSteps, attributes).add(1);
  copy.defaultRegistry().bind(copy.trainingMetrics.trainingSteps, attributes).add(2);
  expect(copy.trainingMetrics.trainingSteps).not.toBe(core.trainingMetrics.trainingSteps);
  expect(await collectValues(producer, core.trainingMetrics.trainingSteps)).toEqual([3]);
});

test('the default registry is apart from registries that are made', () => {
  expect(new core.Registry()).not.toBe(core.defaultRegistry());
  expect(core.defaultRegistry()).toBe(core.defaultRegistry());
});
