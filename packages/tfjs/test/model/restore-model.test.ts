import { attributes, inferenceMetrics as metric, Registry } from '@modelmeter/core';
import { CollectedValues, testRegistry } from '@modelmeter/test-kit/collected-values';
import type { LayersModel } from '@tensorflow/tfjs';
import { beforeEach, expect, test, vi } from 'vitest';
import { instrumentModel, restoreModel } from '../../src/model/instrument-model.ts';
import { describeEachBackend } from '../backends.ts';
import { modelKinds } from '../model-kinds.ts';
import { ownProperties } from '../own-properties.ts';
import { smallData, smallModel } from '../small-model.ts';
import { countedCalls } from './counted-calls.ts';
import { smallGraph } from './small-graph.ts';

beforeEach(() => void vi.spyOn(console, 'warn').mockReturnValue());

describeEachBackend((tf) => {
  test.each(['sequential', 'functional'] as const)('a %s model is exactly what it was, and measured no longer', async (kind) => {
    const { registry, collect } = testRegistry();
    const { model, xs, ys } = modelKinds[kind](tf);
    model.evaluate(xs, ys);
    const before = ownProperties(model);
    instrumentModel(tf, model, { registry });
    model.predict(xs);
    expect(ownProperties(model)).not.toEqual(before);
    restoreModel(model);
    expect(ownProperties(model)).toEqual(before);
    model.predict(xs);
    expect(countedCalls(await collect())).toEqual({ 'predict complete': 1 });
  });

  test('a GraphModel is exactly what it was, own methods included', async () => {
    const model = await smallGraph(tf);
    model.predict(tf.ones([1, 3]));
    const execute = vi.fn<typeof model.execute>(model.execute.bind(model));
    Object.defineProperty(model, 'execute', { configurable: true, enumerable: true, writable: false, value: execute });
    const before = Object.getOwnPropertyDescriptors(model);
    instrumentModel(tf, model, { registry: new Registry() });
    expect(Object.keys(model)).toEqual(Object.keys(before));
    model.execute(tf.ones([1, 3]), 'y');
    expect(execute).toHaveBeenCalledTimes(1);
    restoreModel(model);
    expect(Object.getOwnPropertyDescriptors(model)).toEqual(before);
  });

  test('what is known of a model goes when it is restored, once it has been collected', async () => {
    const registry = new Registry({ keepEndedRunsSeconds: 0 });
    const producer = registry.producer();
    const model = instrumentModel(tf, smallModel(tf), { registry });
    expect((await CollectedValues.of(producer)).all(metric.modelInfo)).toHaveLength(1);
    restoreModel(model);
    expect((await CollectedValues.of(producer)).all(metric.modelInfo)).toHaveLength(1);
    const values = await CollectedValues.of(producer);
    expect([values.all(metric.modelInfo), values.all(metric.modelParameters)]).toEqual([[], []]);
  });

  test('instrumented twice, calls count once, by the later options, and are restored at once', async () => {
    const { registry, collect } = testRegistry();
    const { xs } = smallData(tf);
    const model = smallModel(tf);
    const before = ownProperties(model);
    instrumentModel(tf, model, { registry, model: 'first' });
    instrumentModel(tf, model, { registry, model: 'second' });
    model.predict(xs);
    const counted = (await collect()).all(metric.modelCallDuration);
    expect(counted.map(([has]) => has[attributes.modelName.key])).toEqual(['second']);
    expect(counted[0]?.[1]).toMatchObject({ count: 1 });
    restoreModel(model);
    expect(ownProperties(model)).toEqual(before);
  });

  test('a method that somebody else has wrapped since then stays wrapped, and is measured no longer', async () => {
    const { registry, collect } = testRegistry();
    const { xs } = smallData(tf);
    const model: LayersModel = instrumentModel(tf, smallModel(tf), { registry });
    const ours = model.predict.bind(model);
    const theirs = vi.fn<typeof ours>(ours);
    model.predict = theirs;
    restoreModel(model);
    model.predict(xs);
    expect(theirs).toHaveBeenCalledTimes(1);
    expect(countedCalls(await collect())).toEqual({});
    instrumentModel(tf, model, { registry });
    model.predict(xs);
    expect(theirs).toHaveBeenCalledTimes(2);
    expect(countedCalls(await collect())).toEqual({ 'predict complete': 1 });
  });

  test('a call that is under way when its model is restored still counts', async () => {
    const { registry, collect } = testRegistry();
    const model = instrumentModel(tf, await smallGraph(tf), { registry });
    const call = model.executeAsync(tf.ones([1, 3]));
    restoreModel(model);
    await call;
    expect(countedCalls(await collect())).toEqual({ 'executeAsync complete': 1 });
  });

  test('a model that is not measured stays as it is', () => {
    const model = smallModel(tf);
    const before = ownProperties(model);
    restoreModel(model);
    expect(ownProperties(model)).toEqual(before);
  });
});
