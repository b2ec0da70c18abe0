import { tfjsMemoryMetrics } from '@modelmeter/core';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { PseudoRandom } from '@modelmeter/test-kit/pseudo-random';
import type { Tensor } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { instrumentModel, restoreModel } from '../../src/model/instrument-model.ts';
import { describeEachBackend, type TensorFlow } from '../backends.ts';
import { multiOutput } from '../model-kinds.ts';
import { countedCalls } from './counted-calls.ts';
import { smallGraph } from './small-graph.ts';

const PROGRAMS = 60;
const CALLS = 12;
const FIRST_SEED = 20_261_125;

type Behaviour = 'return' | 'throw' | 'leak';

/** A program of random calls, and what it did: all that a user sees, which calls have succeeded, and what they have left. */
async function runProgram(tf: TensorFlow, seed: number, measure: (model: { predict(...args: never[]): unknown }) => void) {
  const random = new PseudoRandom(seed);
  let behaviour: Behaviour = 'return';
  let leaked = 0;
  const behave = (x: Tensor) => {
    if (behaviour === 'throw') throw new Error('as asked for');
    if (behaviour === 'leak') {
      tf.keep(tf.zeros([1]));
      leaked++;
    }
    return x.clone();
  };
  const later = async (x: Tensor) => {
    await Promise.resolve();
    return behave(x);
  };
  const graph = await smallGraph(tf, behave);
  const asynchronous = await smallGraph(tf, later);
  const { model, xs, ys } = multiOutput(tf, 2);
  const x = tf.ones([2, 3]);
  const wrong = tf.ones([2, 9]);
  for (const one of [graph, asynchronous, model]) measure(one);

  const before = tf.memory().numTensors;
  const counted: Record<string, number> = {};
  const seen: unknown[] = [];
  const calls: Record<string, () => unknown> = {
    predict: () => graph.predict(x),
    execute: () => graph.execute({ x }, random.pick([['y'], ['y', 'x'], ['through']])),
    executeAsync: () => asynchronous.executeAsync(x),
    'predict of layers': () => model.predict(random.pick([xs as Tensor, wrong])),
    predictOnBatch: () => model.predictOnBatch(random.pick([xs as Tensor, wrong])),
    evaluate: () => model.evaluate(xs, ys),
  };
  for (let i = 0; i < CALLS; i++) {
    const name = random.pick(Object.keys(calls));
    behaviour = random.pick<Behaviour>(['return', 'return', 'throw', 'leak']);
    try {
      const returned = [await calls[name]?.()].flat() as Tensor[];
      seen.push([name, returned.map((tensor) => [...tensor.dataSync()])]);
      const method = `${name.split(' ')[0]} complete`;
      counted[method] = (counted[method] ?? 0) + 1;
      if (random.below(2) === 0) for (const tensor of returned) if (tensor !== x) tensor.dispose();
    } catch (error) {
      seen.push([name, (error as Error).message.replace(/(?<=[a-z])\d+/g, '')]);
    }
  }
  const outcome = { seen, tensors: tf.memory().numTensors - before };
  for (const one of [graph, asynchronous, model]) restoreModel(one);
  for (const one of [graph, asynchronous, model]) one.dispose();
  tf.dispose([xs, ys, x, wrong]);
  return { outcome, counted, leaked };
}

describeEachBackend((tf) => {
  beforeAll(() => void vi.spyOn(console, 'warn').mockReturnValue());
  afterAll(() => vi.restoreAllMocks());

  describe('random calls, some of which throw or leave tensors', () => {
    test('end as they do without us, and are counted as they ended', { timeout: 60_000 }, async () => {
      for (let seed = FIRST_SEED; seed < FIRST_SEED + PROGRAMS; seed++) {
        const { registry, collect } = testRegistry();
        const without = await runProgram(tf, seed, () => {});
        const { outcome, counted, leaked } = await runProgram(tf, seed, (model) =>
          instrumentModel(tf, model, { registry, model: 'fuzzed' }),
        );
        expect(outcome, `seed ${seed}`).toEqual(without.outcome);
        const values = await collect();
        expect(countedCalls(values), `seed ${seed}`).toEqual(counted);
        expect(values.value(tfjsMemoryMetrics.tfjsMemoryLeakedTensors), `seed ${seed}`).toBe(leaked);
      }
    });
  });
});
