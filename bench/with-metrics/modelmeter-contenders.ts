import { inferenceMetrics as metric, Registry } from '@modelmeter/core';
import { withMetrics } from '@modelmeter/inference';
import type { Contender } from '../measure/interleave.ts';
import { noOps, sink } from './no-ops.ts';

export const OURS = { sync: 'withMetrics', async: 'withMetrics, async' } as const;
export const OURS_WITH_MORE = {
  object: 'withMetrics, the result is an object',
  batch: 'withMetrics, the argument is a tensor',
  nested: 'withMetrics within withMetrics of the same model',
} as const;

/** Models in a registry that is read, and how many requests it holds of each. */
function measuredModels() {
  const registry = new Registry();
  const reader = registry.producer();
  const readBack = (model: string) => async () => {
    const { resourceMetrics } = await reader.collect();
    const metrics = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
    const points = metrics.find(({ descriptor }) => descriptor.name === metric.inferenceDuration.name)?.dataPoints ?? [];
    let count = 0;
    for (const { attributes, value } of points) if (attributes['ml.model.name'] === model) count += (value as { count: number }).count;
    return count;
  };
  const options = (model: string) => ({ model, version: '3', operation: 'classify', registry });
  return { options, readBack };
}

export function modelmeterContenders(): readonly Contender[] {
  const { options, readBack } = measuredModels();
  const sync = withMetrics(noOps().sync, options('sync'));
  const async = withMetrics(noOps().async, options('async'));
  return [
    {
      name: OURS.sync,
      run: (times) => {
        for (let i = 0; i < times; i++) sink.sum += sync(i);
      },
      readBack: readBack('sync'),
    },
    {
      name: OURS.async,
      run: async (times) => {
        for (let i = 0; i < times; i++) sink.sum += await async(i);
      },
      readBack: readBack('async'),
    },
  ];
}

/** The same where there is more to do. */
export function modelmeterContendersWithMore(): readonly Contender[] {
  const { options, readBack } = measuredModels();
  const label = { digit: 7 };
  const object = withMetrics((_value: number) => label, options('object'));
  const tensor = { shape: [32, 28, 28] };
  const batch = withMetrics((_images: object, value: number) => value, options('batch'));
  const inner = withMetrics(noOps().sync, options('nested'));
  const outer = withMetrics((value: number) => inner(value), options('nested'));
  return [
    {
      name: OURS_WITH_MORE.object,
      run: (times) => {
        for (let i = 0; i < times; i++) sink.sum += object(i).digit;
      },
      readBack: readBack('object'),
    },
    {
      name: OURS_WITH_MORE.batch,
      run: (times) => {
        for (let i = 0; i < times; i++) sink.sum += batch(tensor, i);
      },
      readBack: readBack('batch'),
    },
    {
      name: OURS_WITH_MORE.nested,
      run: (times) => {
        for (let i = 0; i < times; i++) sink.sum += outer(i);
      },
      readBack: readBack('nested'),
    },
  ];
}
