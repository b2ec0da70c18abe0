import { setImmediate } from 'node:timers/promises';
import { attributes as attribute, inferenceMetrics as metric } from '@modelmeter/core';
import { expect, test } from 'vitest';
import { measuredModel } from './measured-model.ts';

test('stages are measured where they lie in each other and side by side, and return and throw what they do', async () => {
  const { metrics, clock, collect } = measuredModel();
  const error = new Error('no picture');
  expect(
    metrics.stage('preprocess', () => {
      clock.advance(1);
      return metrics.stage('decode', () => {
        clock.advance(2);
        return 'pixels';
      });
    }),
  ).toBe('pixels');
  const [one, other] = [metrics.stage('postprocess', () => setImmediate(1)), metrics.stage('postprocess', () => setImmediate(2))];
  clock.advance(4);
  expect(await Promise.all([one, other])).toEqual([1, 2]);
  expect(() =>
    metrics.stage('decode', () => {
      throw error;
    }),
  ).toThrow(error);
  const stages = (await collect()).all(metric.inferenceStageDuration);
  expect(stages.map(([attributes, value]) => [attributes[attribute.inferenceStage.key], value])).toEqual([
    ['decode', expect.objectContaining({ count: 2, sum: 2 })],
    ['preprocess', expect.objectContaining({ count: 1, sum: 3 })],
    ['postprocess', expect.objectContaining({ count: 2, sum: 8 })],
  ]);
});

test('stages beyond the eighth of a model are recorded as _OTHER', async () => {
  const { metrics, collect } = measuredModel();
  for (let i = 0; i < 100; i++) metrics.stage(`step ${i}`, () => {});
  const stages = (await collect())
    .all(metric.inferenceStageDuration)
    .map(([attributes, value]) => [attributes[attribute.inferenceStage.key], value]);
  expect(stages).toHaveLength(9);
  expect(stages).toContainEqual(['_OTHER', expect.objectContaining({ count: 92 })]);
});

test('a stage that is a stream lasts until its end, also when it is left early', async () => {
  const { metrics, clock, collect } = measuredModel();
  const tokens = () =>
    metrics.stage('decode', function* () {
      for (let i = 0; ; i++) {
        clock.advance(1);
        yield i;
      }
    });
  for (const token of tokens()) if (token === 2) break;
  expect((await collect()).value(metric.inferenceStageDuration)).toBe(3);
});

test('a queue is as long as the requests that wait in it, and tells how long they waited', async () => {
  const { metrics, clock, collect } = measuredModel();
  const leaveFirst = metrics.enqueue();
  clock.advance(1);
  const leaveSecond = metrics.enqueue();
  expect((await collect()).value(metric.inferenceQueueSize)).toBe(2);
  clock.advance(1);
  for (const leave of [leaveFirst, leaveSecond, leaveFirst]) leave();
  const values = await collect();
  expect(values.value(metric.inferenceQueueSize)).toBe(0);
  expect(values.value(metric.inferenceStageDuration, { [attribute.inferenceStage.key]: 'queue' })).toBe(3);
  expect(values.count(metric.inferenceStageDuration, { [attribute.inferenceStage.key]: 'queue' })).toBe(2);
});

test.each<[string, Parameters<ReturnType<typeof measuredModel>['metrics']['wrap']>[1], unknown[], number | undefined]>([
  ['a tensor’s first dimension', {}, [{ shape: [32, 28, 28] }], 32],
  ['that of the first argument that has one', {}, ['options', null, { shape: [] }, { dims: [4, 10] }, { shape: [5] }], 4],
  ['what a function makes of the arguments', { batchSize: (images: unknown[]) => images.length }, [[1, 2, 3]], 3],
  ['a number', { batchSize: 1 }, [], 1],
  ['nothing where nobody knows', {}, ['text', 5, undefined], undefined],
  ['nothing where it is not asked for', { batchSize: false }, [{ shape: [32] }], undefined],
  ['nothing where the function does not know', { batchSize: () => undefined }, [{ shape: [32] }], undefined],
])('the samples of a call are %s', async (_what, options, args, samples) => {
  const { metrics, collect } = measuredModel();
  metrics.wrap((..._args: unknown[]) => 7, options)(...args);
  expect((await collect()).value(metric.inferenceBatchSize)).toBe(samples);
});

test('only what an explicit warm-up asks is kept out: a slow first request counts, and so do others meanwhile', async () => {
  const { metrics, clock, requests, collect } = measuredModel({ version: '3' });
  const classify = metrics.wrap(async (_image: object) => {
    await setImmediate();
    clock.advance(1);
    return 7;
  });
  await classify({ shape: [1] });
  const warmUp = metrics.warmUp(async () => {
    for (let i = 0; i < 3; i++) await classify({ shape: [64] });
    return 'warm';
  });
  await classify({ shape: [1] });
  expect(await warmUp).toBe('warm');
  await classify({ shape: [1] });
  expect(await requests()).toMatchObject({ succeeded: { count: 3 }, failed: {}, active: 0 });
  const values = await collect();
  expect(values.value(metric.inferenceBatchSize)).toBe(3);
  expect(values.value(metric.modelWarmupDuration, { [attribute.modelVersion.key]: '3' })).toBeGreaterThanOrEqual(3);
  expect(values.all(metric.inferenceStageDuration)).toEqual([]);
});

test('a warm-up that fails throws its error and has no duration', async () => {
  const { metrics, collect } = measuredModel();
  const error = new Error('out of memory');
  await expect(metrics.warmUp(async () => Promise.reject(error))).rejects.toBe(error);
  expect((await collect()).all(metric.modelWarmupDuration)).toEqual([]);
});

test('loading a model is measured, with the type of error where it fails', async () => {
  const { metrics, clock, collect } = measuredModel({ version: '3' });
  const model = { predict: () => 7 };
  const load = async () => {
    clock.advance(2);
    return model;
  };
  expect(await metrics.load(load)).toBe(model);
  await expect(metrics.load(async () => Promise.reject(AbortSignal.abort().reason))).rejects.toThrow('aborted');
  const values = (await collect()).all(metric.modelLoadDuration);
  expect(values).toEqual([
    [{ 'ml.model.name': 'digits', 'ml.model.version': '3' }, expect.objectContaining({ count: 1, sum: 2 })],
    [{ 'error.type': 'cancelled', 'ml.model.name': 'digits', 'ml.model.version': '3' }, expect.objectContaining({ count: 1, sum: 0 })],
  ]);
});

test('what runs a model is told where it is stated', async () => {
  const { collect } = measuredModel({ version: '3', system: 'onnxruntime', revision: 'a1b2c3' });
  expect((await collect()).all(metric.modelInfo)).toEqual([
    [{ 'ml.model.name': 'digits', 'ml.model.version': '3', 'ml.model.revision': 'a1b2c3', 'ml.system.name': 'onnxruntime' }, 1],
  ]);
  expect((await measuredModel().collect()).all(metric.modelInfo)).toEqual([]);
});

test('the series of a model that is taken out of service end after the grace period, with what came until then', async () => {
  const { metrics, clock, collect } = measuredModel({ version: '3' });
  const classify = metrics.wrap(() => 7);
  classify();
  metrics.close();
  classify();
  expect((await collect()).count(metric.inferenceDuration)).toBe(2);
  clock.advance(301);
  await collect();
  expect((await collect()).all(metric.inferenceDuration)).toEqual([]);
  expect(classify()).toBe(7);
});

test('buckets are a preset or bounds of one’s own, for one model or another in the same registry', async () => {
  const { options } = measuredModel();
  const { registry } = options;
  if (!registry) throw new Error('the model has no registry');
  const bounds = async (model: string, buckets: 'fast' | 'generative' | number[]) => {
    const { metrics } = measuredModel({ registry, model, buckets });
    metrics.run(() => 1);
    const { resourceMetrics } = await registry.producer().collect();
    const durations = resourceMetrics.scopeMetrics
      .flatMap(({ metrics }) => metrics)
      .find(({ descriptor }) => descriptor.name === metric.inferenceDuration.name);
    const points = (durations?.dataPoints ?? []) as readonly {
      attributes: Record<string, unknown>;
      value: { buckets: { boundaries: number[] } };
    }[];
    return points.find(({ attributes }) => attributes[attribute.modelName.key] === model)?.value.buckets.boundaries;
  };
  expect((await bounds('tiny', 'fast'))?.slice(0, 2)).toEqual([0.00005, 0.0001]);
  expect((await bounds('writer', 'generative'))?.at(-1)).toBe(300);
  expect(await bounds('own', [1, 2])).toEqual([1, 2]);
  expect(metric.inferenceDuration.bounds).toHaveLength(18);
});
