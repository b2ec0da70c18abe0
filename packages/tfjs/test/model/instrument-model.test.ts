import { attributes, inferenceMetrics as metric, Registry, tfjsMemoryMetrics } from '@modelmeter/core';
import { CollectedValues, testRegistry } from '@modelmeter/test-kit/collected-values';
import { FakeClock } from '@modelmeter/test-kit/fake-clock';
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { instrumentModel, restoreModel } from '../../src/model/instrument-model.ts';
import type { ModelOptions } from '../../src/model/model-options.ts';
import { describeEachBackend, useBackend } from '../backends.ts';
import { modelKinds } from '../model-kinds.ts';
import { smallData, smallModel } from '../small-model.ts';
import { countedCalls } from './counted-calls.ts';
import { GRAPH_WEIGHTS, smallGraph } from './small-graph.ts';

const name = attributes.modelName.key;
const method = attributes.modelMethod.key;
const { tfjsMemoryLeakedTensors } = tfjsMemoryMetrics;

// executeAsync of a graph that could do without says so.
beforeEach(() => void vi.spyOn(console, 'warn').mockReturnValue());

const numbers = (returned: unknown) => [returned].flat().map((tensor) => [...(tensor as Tensor).dataSync()]);

describeEachBackend((tf) => {
  test.each(['sequential', 'functional', 'multi-output', 'recurrent'] as const)('each call of a %s model counts once', async (kind) => {
    const { registry, collect } = testRegistry();
    const { model, xs, ys } = modelKinds[kind](tf);
    const call = () => [model.predict(xs), model.predictOnBatch(xs), model.evaluate(xs, ys)].map(numbers);
    const without = call();
    const tensors = tf.memory().numTensors;
    call();
    const made = tf.memory().numTensors - tensors;
    expect(instrumentModel(tf, model, { registry })).toBe(model);
    expect([call(), call()]).toEqual([without, without]);
    model.evaluate(xs, ys);
    expect(tf.memory().numTensors - tensors).toBe(3 * made + [model.evaluate(xs, ys)].flat().length);
    const values = await collect();
    expect(countedCalls(values)).toEqual({ 'predict complete': 2, 'predictOnBatch complete': 2, 'evaluate complete': 4 });
    expect(values.all(tfjsMemoryLeakedTensors).map(([, leaked]) => leaked)).toEqual([0]);
  });

  test('each call of a GraphModel counts once, as the method that was called', async () => {
    const { registry, collect } = testRegistry();
    const model = instrumentModel(tf, await smallGraph(tf), { registry });
    const x = tf.tensor2d([[1, 0, 2]]);
    const expected = [[11, 14]];
    for (let i = 0; i < 3; i++) expect(numbers(model.predict(x))).toEqual(expected);
    for (let i = 0; i < 2; i++) expect(numbers(model.execute({ x }, 'y'))).toEqual(expected);
    expect(numbers(await model.executeAsync(x))).toEqual(expected);
    expect(numbers(await model.predictAsync(x))).toEqual(expected);
    expect(numbers(model.execute({ x }, ['y', 'x']))).toEqual([...expected, [1, 0, 2]]);
    const values = await collect();
    expect(countedCalls(values)).toEqual({ 'predict complete': 3, 'execute complete': 3, 'executeAsync complete': 2 });
    expect(values.value(tfjsMemoryLeakedTensors)).toBe(0);
  });

  test('what is known of a model is reported', async () => {
    const { registry, collect } = testRegistry();
    const model = smallModel(tf);
    instrumentModel(tf, model, { registry, model: 'digits', version: '3', revision: 'abc' });
    instrumentModel(tf, await smallGraph(tf), { registry, model: 'graph', system: 'mine' });
    const values = await collect();
    expect(values.all(metric.modelInfo)).toEqual([
      [{ [name]: 'digits', 'ml.model.revision': 'abc', 'ml.model.version': '3', 'ml.system.name': 'tensorflow.js' }, 1],
      [{ [name]: 'graph', 'ml.system.name': 'mine' }, 1],
    ]);
    expect(values.all(metric.modelParameters)).toEqual([
      [{ [name]: 'digits', 'ml.model.version': '3' }, model.countParams()],
      [{ [name]: 'graph' }, GRAPH_WEIGHTS.length],
    ]);
  });

  test('the time of a call is that between its beginning and its end', async () => {
    const { registry, collect } = testRegistry();
    const clock = new FakeClock();
    const work = (x: Tensor) => {
      clock.advance(0.25);
      return x.clone();
    };
    const options = { registry, clock, model: 'slow' };
    const x = tf.ones([1, 3]);
    const model = instrumentModel(tf, await smallGraph(tf, work), options);
    for (let i = 0; i < 4; i++) model.predict(x);
    const asynchronous = instrumentModel(tf, await smallGraph(tf, async (given) => Promise.resolve(work(given))), options);
    const call = asynchronous.executeAsync(x);
    clock.advance(1);
    await call;
    const values = await collect();
    expect(values.value(metric.modelCallDuration, { [method]: 'predict' })).toBe(1);
    expect(values.value(metric.modelCallDuration, { [method]: 'executeAsync' })).toBe(1.25);
    expect(values.all(metric.inferenceDuration)).toEqual([]);
  });

  test('errors pass unchanged, and calls that fail are not recorded', async () => {
    const { registry, collect } = testRegistry();
    const error = new RangeError('as the user throws it');
    const failing = () => {
      throw error;
    };
    const options = { registry, model: 'failing' };
    const model = instrumentModel(tf, await smallGraph(tf, failing), options);
    const asynchronous = instrumentModel(tf, await smallGraph(tf, () => Promise.reject(error)), options);
    const x = tf.ones([1, 3]);
    expect(() => model.predict(x)).toThrow(error);
    expect(() => model.execute(x, 'y')).toThrow(error);
    await expect(asynchronous.executeAsync(x)).rejects.toBe(error);
    const layers = instrumentModel(tf, smallModel(tf), options);
    expect(() => layers.predict(tf.ones([1, 5]))).toThrow('expected dense');
    expect(countedCalls(await collect())).toEqual({});
    layers.predict(tf.ones([1, 4]));
    expect(countedCalls(await collect())).toEqual({ 'predict complete': 1 });
  });

  test('a model within another is a call of its own', async () => {
    const { registry, collect } = testRegistry();
    const inner = instrumentModel(tf, await smallGraph(tf), { registry, model: 'inner' });
    const outer = instrumentModel(tf, await smallGraph(tf, (x) => inner.predict(x.mul(2)) as Tensor), { registry, model: 'outer' });
    // 2 outputs are no 3 inputs: the graph of the outer one fails after the inner one is done.
    expect(() => outer.predict(tf.ones([1, 3]))).toThrow(/mat_?mul|matrix/i);
    const values = await collect();
    expect(values.count(metric.modelCallDuration, { [name]: 'inner' })).toBe(1);
    expect(values.count(metric.modelCallDuration, { [name]: 'outer' })).toBeUndefined();
  });

  test('methods keep their names, and are called on whatever they are called on', async () => {
    const { registry, collect } = testRegistry();
    const { xs } = smallData(tf);
    const model = smallModel(tf);
    const { name: methodName, length } = Reflect.get(model, 'predict');
    instrumentModel(tf, model, { registry });
    expect([model.predict.name, model.predict.length]).toEqual([methodName, length]);
    expect(Object.keys(model)).not.toContain('predict');
    const other = smallModel(tf);
    other.setWeights(other.getWeights().map((weight) => weight.zerosLike()));
    expect(numbers(model.predict.call(other, xs))).toEqual(numbers(other.predict(xs)));
    expect(countedCalls(await collect())).toEqual({ 'predict complete': 1 });
  });
});

describe('the name of a model', () => {
  test('is its own without the counter, as for fits, or “model” where it has none', async () => {
    const tf = await useBackend('cpu');
    const { registry, collect } = testRegistry();
    instrumentModel(tf, smallModel(tf), { registry });
    instrumentModel(tf, tf.sequential({ name: 'digits_7' }), { registry });
    instrumentModel(tf, await smallGraph(tf), { registry });
    const values = await collect();
    expect(values.all(metric.modelInfo).map(([has]) => has[name])).toEqual(['sequential', 'digits', 'model']);
    expect(values.all(metric.modelParameters).map(([has]) => has[name])).toEqual(['sequential', 'model']);
  });

  test('does not change the model that it is asked of', async () => {
    const tf = await useBackend('cpu');
    const unbuilt = () => tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });
    const [model, other] = [unbuilt(), unbuilt()];
    restoreModel(instrumentModel(tf, model, { registry: new Registry() }));
    expect([model.built, Object.keys(model)]).toEqual([other.built, Object.keys(other)]);
  });
});

describe('options that make no sense', () => {
  test.each([
    [{ model: '' }, 'model is "", not a name'],
    [{ version: 3 }, 'version is 3, not a name'],
    [{ revision: null }, 'revision is null, not a name'],
    [{ system: '' }, 'system is "", not a name'],
    [{ waitEveryCalls: 0 }, 'waitEveryCalls is 0, not an integer from 1'],
  ])('throw at once: %j', async (options, message) => {
    const tf = await useBackend('cpu');
    const model = smallModel(tf);
    expect(() => instrumentModel(tf, model, options as unknown as ModelOptions)).toThrow(message);
    expect(Object.hasOwn(model, 'predict')).toBe(false);
  });

  test('and so does what is no model, or no tfjs', async () => {
    const tf = await useBackend('cpu');
    const model = smallModel(tf);
    expect(() => instrumentModel(tf, undefined as never)).toThrow('model is no model of TensorFlow.js: it has no predict');
    expect(() => instrumentModel(tf, {} as never)).toThrow('it has no predict');
    expect(() => instrumentModel(tf, Object.freeze(smallModel(tf)))).toThrow('model is frozen');
    expect(() => instrumentModel({ memory: tf.memory } as never, model)).toThrow('it lacks engine, getBackend, keep');
  });
});

test('two live models of one name share series, which last as long as one of them', async () => {
  const tf = await useBackend('cpu');
  const registry = new Registry({ keepEndedRunsSeconds: 0 });
  const producer = registry.producer();
  const [one, two] = [smallModel(tf), smallModel(tf)].map((model) => instrumentModel(tf, model, { registry, model: 'twin' }));
  const { xs } = smallData(tf);
  one?.predict(xs);
  two?.predict(xs);
  expect(countedCalls(await CollectedValues.of(producer))).toEqual({ 'predict complete': 2 });
  restoreModel(one as object);
  one?.predict(xs);
  two?.predict(xs);
  await CollectedValues.of(producer);
  expect(countedCalls(await CollectedValues.of(producer))).toEqual({ 'predict complete': 3 });
  restoreModel(two as object);
  await CollectedValues.of(producer);
  await CollectedValues.of(producer);
  expect((await CollectedValues.of(producer)).all(metric.modelInfo)).toEqual([]);
});

test('a scalar that evaluate returns is a result as any other', async () => {
  const tf = await useBackend('cpu');
  const { registry, collect } = testRegistry();
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [4] })] });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  const { xs, ys } = smallData(tf);
  expect((instrumentModel(tf, model, { registry }).evaluate(xs, ys) as Scalar).rank).toBe(0);
  expect((await collect()).value(tfjsMemoryLeakedTensors)).toBe(0);
});
