import { attributes, Registry, systemClock, trainingMetrics as metric } from '@modelmeter/core';
import type { CustomCallbackArgs } from '@tensorflow/tfjs';
import { afterEach, describe, expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { describeEachBackend } from '../backends.ts';
import { blockFor } from '../block-for.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { BATCH_SIZE, smallData, smallDataset, smallModel, STEPS_PER_EPOCH } from '../small-model.ts';

describeEachBackend((tf) => {
  async function fitted(callbacks?: ReturnType<typeof fitMetrics>) {
    const { xs, ys } = smallData(tf);
    const model = smallModel(tf);
    const fit = { epochs: 2, batchSize: BATCH_SIZE, validationSplit: 0.2, shuffle: false, verbose: 0 };
    const before = tf.memory().numTensors;
    const { history } = await model.fit(xs, ys, callbacks ? { ...fit, callbacks } : fit);
    const weights = model.getWeights().map((weight) => [...weight.dataSync()]);
    return { history, weights, tensors: tf.memory().numTensors - before };
  }

  describe('a fit goes as it would without us', () => {
    test('with the callback on, history, weights and number of tensors are the same', async () => {
      const without = await fitted();
      expect(await fitted(fitMetrics(tf, { registry: new Registry() }))).toEqual(without);
    });

    const broken = () => {
      throw new Error('broken');
    };
    const faults: Record<string, () => ReturnType<typeof fitMetrics>> = {
      'the registry binds nothing': () => {
        const registry = new Registry();
        registry.bind = broken;
        return fitMetrics(tf, { registry });
      },
      'the registry begins no run and counts nothing': () => {
        const registry = new Registry();
        registry.beginRun = broken;
        registry.drop = broken;
        return fitMetrics(tf, { registry });
      },
      'the clock throws at once': () =>
        fitMetrics(tf, { registry: new Registry(), clock: { monotonicSeconds: broken, unixSeconds: broken } }),
      'the clock throws after a while': () => {
        let calls = 0;
        const monotonicSeconds = () => (++calls > 20 ? broken() : calls);
        return fitMetrics(tf, { registry: new Registry(), clock: { ...systemClock, monotonicSeconds } });
      },
      'memory cannot be read': () => {
        const registry = new Registry();
        registry.onCollect = broken;
        return fitMetrics({ ...tf, memory: broken, getBackend: broken }, { registry });
      },
      'every metric is full': () =>
        fitMetrics(tf, { registry: new Registry({ maxSeriesPerMetric: 2, attributeLimits: { [attributes.modelName.key]: 1 } }) }),
    };

    test.each(Object.keys(faults))('when %s', async (fault) => {
      const without = await fitted();
      expect(await fitted(faults[fault]?.())).toEqual(without);
    });

    test('and what failed is counted', async () => {
      const { registry, collect } = testRegistry();
      registry.beginRun = broken;
      await fitted(fitMetrics(tf, { registry }));
      const { dropped } = await import('@modelmeter/core');
      expect((await collect()).value(dropped, { [attributes.dropReason.key]: 'hook_error' })).toBe(1);
    });
  });

  describe('the event loop', () => {
    let timer: NodeJS.Timeout | undefined;
    afterEach(() => clearInterval(timer));

    /** Turns of the event loop that a timer gets during a fit of some 300 ms. */
    async function turnsDuringFit(yieldEverySeconds: number | false): Promise<number> {
      const { registry } = testRegistry();
      let turns = 0;
      timer = setInterval(() => turns++, 1);
      const slow = new tf.CustomCallback({ onBatchEnd: async () => blockFor(15) }, 'never');
      const callbacks = [fitMetrics(tf, { registry, yieldEverySeconds }), slow];
      await smallModel(tf).fitDataset(smallDataset(tf), { epochs: 4, verbose: 0, callbacks });
      return turns;
    }

    test('gets turns while tfjs computes', async () => {
      expect(await turnsDuringFit(0.03)).toBeGreaterThan(2);
    });

    test('gets none where that is turned off', async () => {
      expect(await turnsDuringFit(false)).toBe(0);
    });

    test('and the time it takes is booked as other', async () => {
      const { registry, collect } = testRegistry();
      setImmediate(() => blockFor(20));
      await smallModel(tf).fitDataset(smallDataset(tf), {
        epochs: 1,
        verbose: 0,
        callbacks: fitMetrics(tf, { registry, yieldEverySeconds: 0 }),
      });
      const other = (await collect()).value(metric.trainingTime, { [attributes.trainingActivity.key]: 'other' });
      expect(other).toBeGreaterThanOrEqual(0.02);
    });
  });

  test('inside the hooks of another callback nothing of ours is missing', async () => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    // tfjs wraps the elements of an array that begins with a plain object, and then gives them neither model nor parameters of their own.
    const callbacks = [{ onEpochEnd: async () => {} }, fitMetrics(tf, { registry, model: 'wrapped' })] as unknown as CustomCallbackArgs[];
    const { history } = await smallModel(tf).fit(xs, ys, { epochs: 2, batchSize: BATCH_SIZE, validationSplit: 0.2, verbose: 0, callbacks });
    const values = await collect();
    expect(values.value(metric.trainingSteps)).toBe(2 * STEPS_PER_EPOCH);
    expect(values.value(metric.trainingLoss, { [attributes.datasetSplit.key]: 'train' })).toBe(history['loss']?.at(-1));
  });
});
