import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { attributes, trainingMetrics as metric } from '@modelmeter/core';
import type { CustomCallbackArgs } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { FitCallback } from '../../src/fit/fit-callback.ts';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { trackFit } from '../../src/fit/track-fit.ts';
import { type TensorFlow, useBackend } from '../backends.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { BATCH_SIZE, SAMPLES, smallData, smallModel } from '../small-model.ts';

const result = attributes.trainingResult.key;
const split = attributes.datasetSplit.key;

/** tfjs wraps every element of an array that begins with a plain object, and gives the wrappers parameters, but no model. */
const wrapped = (measuring: FitCallback, plain: CustomCallbackArgs = {}) => [plain, measuring] as unknown as CustomCallbackArgs[];
const throwing = (error: Error): CustomCallbackArgs => ({
  onEpochEnd: async () => {
    throw error;
  },
});

describe('in an array that begins with a plain object', () => {
  let tf: TensorFlow;
  beforeAll(async () => {
    tf = await useBackend('cpu');
  });

  async function fit(callbacks: FitCallback | CustomCallbackArgs[], batchSize = BATCH_SIZE) {
    const { xs, ys } = smallData(tf);
    return smallModel(tf).fit(xs, ys, { epochs: 2, batchSize, verbose: 0, callbacks });
  }

  test('an instance that has served another fit measures this one, not that', async () => {
    const { registry, collect } = testRegistry();
    const measuring = fitMetrics(tf, { registry, model: 'm', runId: false });
    await fit(measuring, SAMPLES);
    const { history } = await fit(wrapped(measuring));
    const values = await collect();
    expect(values.value(metric.trainingSteps)).toBe(2 + (2 * SAMPLES) / BATCH_SIZE);
    expect(values.value(metric.trainingProgress)).toBe(1);
    expect(values.value(metric.trainingLoss, { [split]: 'train' })).toBe(history['loss']?.at(-1));
    expect(values.value(metric.trainingRuns, { [result]: 'success' })).toBe(2);
  });

  test('two fits at once with one instance are counted each as its own', async () => {
    const { registry, collect } = testRegistry();
    const measuring = fitMetrics(tf, { registry });
    await Promise.all([fit(wrapped(measuring)), fit(wrapped(measuring), SAMPLES)]);
    const values = await collect();
    expect(values.value(metric.trainingSteps)).toBe((2 * SAMPLES) / BATCH_SIZE + 2);
    expect(values.all(metric.trainingProgress).map(([, progress]) => progress)).toEqual([1, 1]);
    expect(values.value(metric.trainingRuns, { [result]: 'success' })).toBe(2);
    expect(values.value(metric.trainingRunActive)).toBe(0);
  });

  test('a fit that throws is ended by trackFit, with the type of its error', async () => {
    const { registry, collect } = testRegistry();
    const measuring = fitMetrics(tf, { registry });
    const failure = new RangeError('full');
    await expect(trackFit(measuring, () => fit(wrapped(measuring, throwing(failure))))).rejects.toBe(failure);
    const values = await collect();
    expect(values.value(metric.trainingRuns, { [result]: 'failure' })).toBe(1);
    expect(values.count(metric.trainingRunDuration, { [attributes.errorType.key]: 'RangeError' })).toBe(1);
    expect(values.value(metric.trainingRunActive)).toBe(0);
  });

  test('without trackFit it ends some time after, when its wrapper is collected as garbage', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const { registry, collect } = testRegistry();
    const measuring = fitMetrics(tf, { registry });
    await expect(fit(wrapped(measuring, throwing(new Error('full'))))).rejects.toThrow('full');
    expect((await collect()).value(metric.trainingRunActive)).toBe(1);
    await vi.waitFor(
      async () => {
        collectGarbage();
        const values = await collect();
        expect(values.value(metric.trainingRunActive)).toBe(0);
        expect(values.value(metric.trainingRuns, { [result]: 'failure' })).toBe(1);
      },
      { timeout: 10_000, interval: 50 },
    );
  });

  test('a loss that is not finite makes the fit reject where that is asked for', async () => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const measuring = fitMetrics(tf, { registry, onNonFinite: 'throw' });
    const loss = (yTrue: ReturnType<typeof tf.zeros>, yPred: typeof yTrue) => tf.metrics.meanSquaredError(yTrue, yPred).mul(NaN);
    const diverging = smallModel(tf, { loss }).fit(xs, ys, { epochs: 2, verbose: 0, callbacks: wrapped(measuring) });
    await expect(trackFit(measuring, () => diverging)).rejects.toThrow('loss is NaN');
    expect((await collect()).value(metric.trainingRuns, { [result]: 'non_finite' })).toBe(1);
  });
});
