import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { inferenceMetrics as metric } from '@modelmeter/core';
import { expect, test } from 'vitest';
import { measuredModel } from './measured-model.ts';
import { webStreamOf } from './web-stream-of.ts';

const TRIES = 50;

async function collectGarbageUntil(isDone: () => Promise<boolean>): Promise<boolean> {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  for (let i = 0; i < TRIES; i++) {
    if (await isDone()) return true;
    collectGarbage();
    await setTimeout(10);
  }
  return false;
}

test.each<[string, (metrics: ReturnType<typeof measuredModel>['metrics']) => void]>([
  ['a stream that is never read', (metrics) => void metrics.wrap(function* () {})()],
  [
    'a stream that is not read to its end',
    (metrics) =>
      void metrics
        .wrap(function* () {
          yield 1;
        })()
        .next(),
  ],
  ['an async iterable that is never iterated', (metrics) => void metrics.wrap(() => ({ async *[Symbol.asyncIterator]() {} }))()],
  ['a web stream that is never read', (metrics) => void metrics.wrap(() => webStreamOf([1]))()],
  // oxlint-disable-next-line unicorn/no-thenable -- It is what is tested.
  ['a lazy thenable that is never awaited', (metrics) => void metrics.wrap(() => ({ then() {} }))()],
])('%s was cancelled when it has been collected, and lasted until it last moved', { timeout: 20_000 }, async (_what, abandon) => {
  const { metrics, clock, requests, collect } = measuredModel();
  abandon(metrics);
  clock.advance(64);
  expect((await requests()).active).toBe(1);
  expect(await collectGarbageUntil(async () => (await requests()).active === 0)).toBe(true);
  expect(await requests()).toMatchObject({ succeeded: { count: 0 }, failed: { cancelled: 1 } });
  expect((await collect()).value(metric.inferenceDuration, { 'error.type': 'cancelled' })).toBe(0);
});
