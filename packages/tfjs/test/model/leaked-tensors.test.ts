import { setImmediate as turn } from 'node:timers/promises';
import { inferenceMetrics as metric, tfjsMemoryMetrics } from '@modelmeter/core';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import type { Tensor } from '@tensorflow/tfjs';
import { beforeEach, expect, test, vi } from 'vitest';
import { instrumentModel } from '../../src/model/instrument-model.ts';
import { describeEachBackend } from '../backends.ts';
import { countedCalls } from './counted-calls.ts';
import { smallGraph } from './small-graph.ts';

const { tfjsMemoryLeakedTensors } = tfjsMemoryMetrics;
beforeEach(() => void vi.spyOn(console, 'warn').mockReturnValue());

describeEachBackend((tf) => {
  /** Keeps so many tensors, which no `tidy` of tfjs disposes of. */
  const leaking = (count: number) => (x: Tensor) => {
    for (let i = 0; i < count; i++) tf.keep(tf.zeros([1]));
    return x.clone();
  };
  /** The same, before and after something is waited for. */
  const leakingLater = (before: number, after: number) => async (x: Tensor) => {
    leaking(before)(x).dispose();
    await new Promise((resolve) => setTimeout(resolve, 2));
    return leaking(after)(x);
  };
  const deferred = () => {
    let resolve = () => {};
    const promise = new Promise<void>((settle) => (resolve = settle));
    return { promise, resolve };
  };
  const x = () => tf.ones([1, 3]);

  async function measured(op?: Parameters<typeof smallGraph>[1]) {
    const { registry, collect } = testRegistry();
    const model = instrumentModel(tf, await smallGraph(tf, op), { registry, model: 'leaky' });
    return { model, leaked: async () => (await collect()).value(tfjsMemoryLeakedTensors), collect };
  }

  test('what a call leaves beyond its result is counted', async () => {
    const { model, leaked } = await measured(leaking(2));
    expect(await leaked()).toBe(0);
    model.predict(x());
    expect(await leaked()).toBe(2);
    model.execute({ x: x() }, ['y', 'through']);
    expect(await leaked()).toBe(4);
  });

  test('also where the call fails', async () => {
    const { model, leaked } = await measured((given) => {
      leaking(3)(given).dispose();
      throw new Error('after that');
    });
    expect(() => model.predict(x())).toThrow('after that');
    expect(await leaked()).toBe(3);
  });

  test('a tensor that was there before, and is returned, hides none that was left', async () => {
    const { model, leaked } = await measured(leaking(1));
    const given = x();
    expect((model.execute({ x: given }, ['x', 'y', 'x']) as Tensor[])[0]).toBe(given);
    expect(await leaked()).toBe(1);
  });

  test('inside a tidy of the user’s, which disposes of it, nothing is', async () => {
    const { registry, collect } = testRegistry();
    const model = instrumentModel(tf, { predict: (input: Tensor) => input.add(1).mul(2) }, { registry });
    const given = x();
    tf.tidy(() => tf.tidy(() => model.predict(given)).square());
    const values = await collect();
    expect(values.value(tfjsMemoryLeakedTensors)).toBe(0);
    expect(countedCalls(values)).toEqual({ 'predict complete': 1 });
    model.predict(given);
    expect((await collect()).value(tfjsMemoryLeakedTensors)).toBe(1);
  });

  test('an asynchronous call that nothing overlaps is counted as well', async () => {
    const { model, leaked } = await measured(leakingLater(2, 1));
    await model.executeAsync(x());
    expect(await leaked()).toBe(3);
    await model.predictAsync(x());
    expect(await leaked()).toBe(6);
  });

  test('asynchronous calls that overlap are not, whatever models they are of', async () => {
    const given = x();
    const [first, second] = [deferred(), deferred()];
    const one = await measured((input) => first.promise.then(() => leaking(2)(input)));
    const two = await measured((input) => second.promise.then(() => leaking(1)(input)));
    const calls = [one.model.executeAsync(given)];
    await turn();
    calls.push(two.model.executeAsync(given));
    await turn();
    first.resolve();
    await calls[0];
    second.resolve();
    await calls[1];
    expect([await one.leaked(), await two.leaked()]).toEqual([0, 0]);
    await one.model.executeAsync(given);
    await two.model.executeAsync(given);
    expect([await one.leaked(), await two.leaked()]).toEqual([2, 1]);
  });

  test('nor those that a call which is over at once overlaps, while that one is counted', async () => {
    const given = x();
    const { promise, resolve } = deferred();
    const one = await measured((input) => promise.then(() => input.clone()));
    const two = await measured(leaking(1));
    const call = one.model.executeAsync(given);
    await turn();
    two.model.predict(given);
    resolve();
    await call;
    expect([await one.leaked(), await two.leaked()]).toEqual([0, 1]);
  });

  test('nor those whose caller makes tensors before it awaits them', async () => {
    const { model, leaked } = await measured(async (given) => Promise.resolve(given.clone()));
    const given = x();
    for (let i = 0; i < 3; i++) {
      const call = model.executeAsync(given);
      tf.zeros([1]);
      await call;
    }
    expect(await leaked()).toBe(0);
  });

  test('an asynchronous call that fails leaves the next one to be counted', async () => {
    let fails = true;
    const { model, leaked } = await measured(async (given) => {
      await Promise.resolve();
      if (fails) throw new Error('not yet');
      return leaking(1)(given);
    });
    const given = x();
    await expect(model.executeAsync(given)).rejects.toThrow('not yet');
    fails = false;
    await model.executeAsync(given);
    expect(await leaked()).toBe(1);
  });

  test('the tensors that a graph makes in its first call, for all later ones, are its own', async () => {
    const { model, leaked } = await measured(leaking(1));
    const graph = model as unknown as {
      initializer: unknown;
      resourceIdToCapturedInput: unknown;
      executeInitializerGraph: () => unknown[];
    };
    // As with hash tables.
    graph.initializer = { execute: () => [], dispose: () => {} };
    graph.executeInitializerGraph = () => [tf.zeros([1])];
    model.predict(x());
    expect(await leaked()).toBe(0);
    model.predict(x());
    expect(await leaked()).toBe(1);
  });

  test('a model whose predict returns a promise that tfjs knows nothing of is measured, without its tensors', async () => {
    const { registry, collect } = testRegistry();
    const predict = async (input: Tensor) => {
      await Promise.resolve();
      tf.zeros([1]);
      return input.clone();
    };
    const model = instrumentModel(tf, { predict }, { registry });
    await model.predict(x());
    const values = await collect();
    expect(values.count(metric.modelCallDuration)).toBe(1);
    expect(values.value(tfjsMemoryLeakedTensors)).toBe(0);
  });
});
