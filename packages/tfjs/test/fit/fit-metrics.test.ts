import { trainingMetrics } from '@modelmeter/core';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { deviceTime } from '../../src/probes/device-time.ts';
import { gradientNorm } from '../../src/probes/gradient-norm.ts';
import { improvement } from '../../src/probes/improvement.ts';
import { parameterNorms } from '../../src/probes/parameter-norms.ts';
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
    [{ batchLossEverySeconds: '1' }, 'batchLossEverySeconds is "1"'],
    [{ onNonFinite: 'panic' }, 'onNonFinite is "panic", not one of record, stop, throw'],
    [{ probes: [parameterNorms] }, 'not a list of probes'],
    [{ probes: 'parameterNorms' }, 'probes is "parameterNorms", not a list of probes'],
  ])('%j', (options, message) => {
    expect(() => fitMetrics(tf, options as never)).toThrow(message);
  });

  test('of a probe', () => {
    expect(() => parameterNorms({ layers: 'dense' as never })).toThrow('layers is "dense"');
    expect(() => gradientNorm({ everySteps: -3 })).toThrow('everySteps is -3');
    expect(() => deviceTime({ everySteps: 0.5 })).toThrow('everySteps is 0.5');
    expect(() => improvement({ minDelta: -1 })).toThrow('minDelta is -1');
    expect(() => improvement({ mode: 'up' as never })).toThrow('mode is "up"');
  });

  test.each([undefined, {}, { ...tf, memory: undefined }])('and so is what is no tfjs', (notTf) => {
    expect(() => fitMetrics(notTf as never)).toThrow('tf lacks');
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
