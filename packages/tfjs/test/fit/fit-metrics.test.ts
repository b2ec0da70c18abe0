import { trainingMetrics } from '@modelmeter/core';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { describeEachBackend } from '../backends.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { BATCH_SIZE, SAMPLES, smallData, smallModel } from '../small-model.ts';

describe('bad options are refused at once, by name and value', () => {
  test.each([
    [{ model: '' }, 'model is ""'],
    [{ model: 7 }, 'model is 7'],
    [{ runId: '' }, 'runId is ""'],
    [{ runId: true }, 'runId is true'],
    [{ yieldEverySeconds: -1 }, 'yieldEverySeconds is -1'],
    [{ yieldEverySeconds: NaN }, 'yieldEverySeconds is NaN'],
    [{ waitEverySteps: 0.5 }, 'waitEverySteps is 0.5'],
    [{ batchLossEverySeconds: '1' }, 'batchLossEverySeconds is "1"'],
    [{ onNonFinite: 'panic' }, 'onNonFinite is "panic", none of "record", "stop", "throw"'],
    [{ monitor: { minDelta: -1 } }, 'monitor.minDelta is -1'],
    [{ monitor: { mode: 'up' } }, 'monitor.mode is "up"'],
    [{ parameterNorms: 'layer' }, 'parameterNorms is "layer"'],
    [{ gradientNormEverySteps: -3 }, 'gradientNormEverySteps is -3'],
  ])('%j', (options, message) => {
    expect(() => fitMetrics(tf, options as never)).toThrow(message);
  });

  test.each([undefined, {}, { ...tf, memory: undefined }])('and so is what is no tfjs', (notTf) => {
    expect(() => fitMetrics(notTf as never)).toThrow('tf is no TensorFlow.js namespace, it lacks');
  });
});

describeEachBackend((own) => {
  test('it is a callback of the user’s own tfjs', () => {
    expect(fitMetrics(own)).toBeInstanceOf(own.Callback);
  });

  test('made with another copy of tfjs it serves as well', async () => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(own);
    const callbacks = [own.callbacks.earlyStopping({ monitor: 'loss' }), fitMetrics(tf, { registry })];
    await smallModel(own).fit(xs, ys, { epochs: 2, batchSize: BATCH_SIZE, verbose: 0, callbacks });
    expect((await collect()).value(trainingMetrics.trainingSteps)).toBe((2 * SAMPLES) / BATCH_SIZE);
  });
});
