import { setImmediate as turn } from 'node:timers/promises';
import { attributes, dropped, Registry, systemClock } from '@modelmeter/core';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import type { Tensor } from '@tensorflow/tfjs';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { instrumentModel, restoreModel } from '../../src/model/instrument-model.ts';
import type { ModelOptions } from '../../src/model/model-options.ts';
import type { TfOfModels } from '../../src/model/tf-of-models.ts';
import { describeEachBackend } from '../backends.ts';
import { smallData, smallModel } from '../small-model.ts';
import { countedCalls } from './counted-calls.ts';
import { smallGraph } from './small-graph.ts';

beforeEach(() => void vi.spyOn(console, 'warn').mockReturnValue());

const broken = () => {
  throw new Error('broken');
};
const brokenClock = { monotonicSeconds: broken, unixSeconds: broken };

describeEachBackend((tf) => {
  /** All that a user sees of a few calls. */
  async function called(measure?: Partial<TfOfModels> & ModelOptions): Promise<unknown> {
    const { xs, ys } = smallData(tf);
    const [model, graph, x] = [smallModel(tf), await smallGraph(tf), tf.ones([1, 3])];
    const { engine = tf.engine, memory = tf.memory, getBackend = tf.getBackend, keep = tf.keep, ...options } = measure ?? {};
    if (measure) for (const one of [model, graph]) instrumentModel({ engine, memory, getBackend, keep }, one, options);
    const before = tf.memory().numTensors;
    const returned = [model.predict(xs), model.evaluate(xs, ys), graph.predict(x), await graph.executeAsync(x)].flat() as Tensor[];
    let error: unknown;
    try {
      model.predict(x);
    } catch (caught) {
      error = (caught as Error).message.replace(/(?<=[a-z])\d+/g, '');
    }
    // The copies that are waited for are gone by then.
    await turn();
    for (const one of [model, graph]) restoreModel(one);
    return { returned: returned.map((tensor) => [...tensor.dataSync()]), tensors: tf.memory().numTensors - before, error };
  }

  describe('calls go as they would without us', () => {
    const failingRegistry = (...methods: ('bind' | 'beginRun' | 'drop')[]) => {
      const registry = new Registry();
      for (const method of methods) registry[method] = broken;
      return registry;
    };
    const faults: Record<string, () => Partial<TfOfModels> & ModelOptions> = {
      'nothing is broken': () => ({ registry: new Registry() }),
      'nothing is broken, and the device is waited for': () => ({ registry: new Registry(), getBackend: () => 'webgl', waitEveryCalls: 1 }),
      'the registry begins no run and counts nothing': () => ({ registry: failingRegistry('beginRun', 'drop') }),
      'the registry binds nothing': () => ({ registry: failingRegistry('bind') }),
      'the clock throws at once': () => ({ registry: new Registry(), clock: brokenClock }),
      'the clock throws at the end of a call': () => {
        let calls = 0;
        const monotonicSeconds = () => (++calls % 2 === 0 ? broken() : calls);
        return { registry: new Registry(), clock: { ...systemClock, monotonicSeconds } };
      },
      'memory cannot be read': () => ({ registry: new Registry(), memory: broken }),
      'the engine cannot be reached': () => ({ registry: new Registry(), engine: broken }),
      'the engine is another': () => ({ registry: new Registry(), engine: () => ({}) }),
      'nobody knows the back end': () => ({ registry: new Registry(), getBackend: broken }),
      'copies cannot be kept': () => ({ registry: new Registry(), getBackend: () => 'webgpu', waitEveryCalls: 1, keep: broken }),
      'every metric is full': () => ({
        registry: new Registry({ maxSeriesPerMetric: 2, attributeLimits: { [attributes.modelName.key]: 1 } }),
      }),
    };

    test.each(Object.keys(faults))('when %s', async (fault) => {
      const without = await called();
      expect(await called(faults[fault]?.())).toEqual(without);
    });
  });

  test('what failed is counted, and calls are measured again as soon as they can be', async () => {
    const { registry, collect } = testRegistry();
    let isBroken = true;
    const monotonicSeconds = () => (isBroken ? broken() : systemClock.monotonicSeconds());
    const { xs } = smallData(tf);
    const model = instrumentModel(tf, smallModel(tf), { registry, clock: { ...systemClock, monotonicSeconds } });
    model.predict(xs);
    isBroken = false;
    model.predict(xs);
    const values = await collect();
    expect(values.value(dropped, { [attributes.dropReason.key]: 'hook_error' })).toBe(1);
    expect(countedCalls(values)).toEqual({ 'predict complete': 1 });
  });

  test('a call whose beginning failed is not counted as the one within it', async () => {
    const { registry, collect } = testRegistry();
    let calls = 0;
    const monotonicSeconds = () => (++calls === 1 ? broken() : calls);
    const model = instrumentModel(tf, await smallGraph(tf), { registry, clock: { ...systemClock, monotonicSeconds } });
    model.predict(tf.ones([1, 3]));
    expect(countedCalls(await collect())).toEqual({});
  });
});
