import { setImmediate, setTimeout } from 'node:timers/promises';
import { attributes as attribute, inferenceMetrics as metric } from '@modelmeter/core';
import { measureInference, withMetrics } from '@modelmeter/inference';
import { type CollectedValues } from '@modelmeter/test-kit/collected-values';
import { expect, test } from 'vitest';
import { measuredModel } from './measured-model.ts';

const stages = (values: CollectedValues) =>
  Object.fromEntries(
    values
      .all(metric.inferenceStageDuration)
      .map(([attributes, value]) => [attributes[attribute.inferenceStage.key], (value as { count: number }).count]),
  );

test('a call within a request of the same model is a stage of it', async () => {
  const { metrics, clock, requests, collect } = measuredModel();
  const classify = metrics.wrap(async () => {
    await setImmediate();
    clock.advance(1);
    return 7;
  });
  const handle = metrics.wrap(async () => {
    await setImmediate();
    clock.advance(1);
    return { digit: await classify() };
  });
  expect(await handle()).toEqual({ digit: 7 });
  expect(await requests()).toEqual({ succeeded: { count: 1, seconds: 2 }, failed: {}, active: 0 });
  const values = await collect();
  expect(stages(values)).toEqual({ predict: 1 });
  expect(values.value(metric.inferenceStageDuration)).toBe(1);
});

test('a call outside of it is a request of its own, also meanwhile', async () => {
  const { metrics, requests, collect } = measuredModel();
  const classify = metrics.wrap(async () => setTimeout(2));
  const handle = metrics.wrap(async () => classify());
  await Promise.all([handle(), classify(), handle(), classify(), classify()]);
  expect(await requests()).toMatchObject({ succeeded: { count: 5 }, active: 0 });
  expect(stages(await collect())).toEqual({ predict: 2 });
});

test('a wrapper of another version lies in a request as well; one of another model is a request, and one of another registry', async () => {
  const { options, collect } = measuredModel();
  const elsewhere = measuredModel();
  const secondVersion = withMetrics(() => 1, { ...options, version: '2' });
  const letters = withMetrics(secondVersion, { ...options, model: 'letters' });
  const inOtherRegistry = withMetrics(letters, elsewhere.options);
  withMetrics(inOtherRegistry, options)();
  const counts = (await collect())
    .all(metric.inferenceDuration)
    .map(([attributes, value]) => [
      attributes[attribute.modelName.key],
      attributes[attribute.modelVersion.key],
      (value as { count: number }).count,
    ]);
  expect(counts).toEqual([
    ['digits', undefined, 1],
    ['digits', '2', 0],
    ['letters', undefined, 1],
  ]);
  expect(await elsewhere.requests()).toMatchObject({ succeeded: { count: 1 } });
});

test('a failure within a request is the failure of the request alone', async () => {
  const { metrics, requests, collect } = measuredModel();
  const classify = metrics.wrap(async () => {
    throw new Error('no');
  });
  const handle = metrics.wrap(async () => {
    await classify().catch(() => {});
    return 'a guess';
  });
  expect(await handle()).toBe('a guess');
  await expect(metrics.wrap(async () => classify())()).rejects.toThrow('no');
  expect(await requests()).toMatchObject({ succeeded: { count: 1 }, failed: { _OTHER: 1 }, active: 0 });
  expect(stages(await collect())).toEqual({ predict: 2 });
});

test('samples are those of the request where it knows them, else of the calls within', async () => {
  const { metrics, collect } = measuredModel();
  const tensor = (samples: number) => ({ shape: [samples, 28, 28] });
  const classify = metrics.wrap((_images: object) => 7);
  metrics.wrap((images: object) => classify(images))(tensor(4));
  metrics.wrap((_path: string) => [classify(tensor(8)), classify(tensor(16))])('/predict');
  metrics.wrap((_path: string) => classify(tensor(100)), { batchSize: 1 })('/predict');
  const values = await collect();
  expect(values.value(metric.inferenceBatchSize)).toBe(4 + 8 + 16 + 1);
  expect(values.count(metric.inferenceBatchSize)).toBe(4);
});

test('a step of a stream is in its request', async () => {
  const { metrics, requests, collect } = measuredModel();
  const embed = metrics.wrap(async () => setImmediate('token'));
  const generate = metrics.wrap(async function* () {
    for (let i = 0; i < 3; i++) yield await embed();
  });
  for await (const token of generate()) expect(token).toBe('token');
  expect(await requests()).toMatchObject({ succeeded: { count: 1 }, active: 0 });
  expect(stages(await collect())).toEqual({ predict: 3 });
});

test('a span that is ended by hand holds what runs within it', async () => {
  const { metrics, clock, requests, collect } = measuredModel();
  const classify = metrics.wrap(async () => setImmediate(7));
  const span = metrics.begin();
  expect(await span.within(() => classify())).toBe(7);
  expect(await span.stage('postprocess', async () => setImmediate('done'))).toBe('done');
  clock.advance(2);
  span.end();
  span.fail(new Error('too late'));
  expect(await requests()).toEqual({ succeeded: { count: 1, seconds: 2 }, failed: {}, active: 0 });
  expect(stages(await collect())).toEqual({ predict: 1, postprocess: 1 });
});

test('a model with one wrapper is not tracked: promises cost what they cost without us', async () => {
  const { metrics, requests } = measuredModel();
  const countdown = metrics.wrap(async (from: number): Promise<number> => (from === 0 ? 0 : 1 + (await countdown(from - 1))));
  expect(await countdown(3)).toBe(3);
  // So a function that calls its own wrapper counts each time, as the documentation says.
  expect(await requests()).toMatchObject({ succeeded: { count: 4 }, active: 0 });
});

test('measuring by hand and by a wrapper share the model', async () => {
  const { options, requests } = measuredModel();
  const classify = withMetrics(() => 7, options);
  expect(measureInference(options).run(() => classify())).toBe(7);
  expect(await requests()).toMatchObject({ succeeded: { count: 1 }, active: 0 });
});
