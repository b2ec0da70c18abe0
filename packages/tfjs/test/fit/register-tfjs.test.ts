import { attributes, dropped, trainingMetrics as metric } from '@modelmeter/core';
import type { CustomCallbackArgs, ModelFitArgs, Sequential } from '@tensorflow/tfjs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FitCallback } from '../../src/fit/fit-callback.ts';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { registerTfjs } from '../../src/fit/register-tfjs.ts';
import { describeEachBackend } from '../backends.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { BATCH_SIZE, SAMPLES, smallData, smallDataset, smallModel, STEPS_PER_EPOCH } from '../small-model.ts';

const STEPS = SAMPLES / BATCH_SIZE;
const name = attributes.modelName.key;
const result = attributes.trainingResult.key;
let undo: (() => void) | undefined;

// At verbose 1, tfjs-node draws a bar.
beforeEach(() => void vi.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => {
  undo?.();
  vi.restoreAllMocks();
});

describeEachBackend((tf) => {
  const fit = (model: Sequential, args: ModelFitArgs = {}) => {
    const { xs, ys } = smallData(tf);
    return model.fit(xs, ys, { batchSize: BATCH_SIZE, verbose: 0, ...args });
  };

  test('once registered, every fit and fitDataset is measured, whatever its verbose says', async () => {
    const { registry, collect } = testRegistry();
    undo = registerTfjs(tf, { registry });
    for (const verbose of [0, 1] as const) await fit(smallModel(tf), { verbose });
    await smallModel(tf).fitDataset(smallDataset(tf), { epochs: 2, verbose: 0 });
    const values = await collect();
    expect(values.value(metric.trainingSteps)).toBe(4 * STEPS);
    expect(values.value(metric.trainingRuns, { [result]: 'success' })).toBe(3);
    expect(values.all(metric.trainingLoss)).toHaveLength(3);
    expect(values.value(metric.trainingRunActive)).toBe(0);
  });

  test('whatever callbacks a fit has', async () => {
    const { registry, collect } = testRegistry();
    undo = registerTfjs(tf, { registry });
    const given = [{ onEpochEnd: async () => {} }, [{}, {}], tf.callbacks.earlyStopping({ monitor: 'loss' }), [], undefined];
    for (const callbacks of given) await fit(smallModel(tf), callbacks ? { callbacks } : {});
    expect((await collect()).value(metric.trainingRuns, { [result]: 'success' })).toBe(given.length);
  });

  test('a fit that throws is a failure', async () => {
    const { registry, collect } = testRegistry();
    undo = registerTfjs(tf, { registry });
    const failing = { onBatchEnd: () => Promise.reject(new Error('full')) };
    await expect(fit(smallModel(tf), { callbacks: failing })).rejects.toThrow('full');
    const values = await collect();
    expect(values.value(metric.trainingRuns, { [result]: 'failure' })).toBe(1);
    expect(values.value(metric.trainingRunActive)).toBe(0);
  });

  test('a fit that has a fitMetrics of its own is left to that, and counted once', async () => {
    const { registry, collect } = testRegistry();
    undo = registerTfjs(tf, { registry, model: 'registered' });
    const model = smallModel(tf);
    await fit(model, { callbacks: fitMetrics(tf, { registry, model: 'explicit' }) });
    expect((await collect()).all(metric.trainingSteps)).toEqual([[{ [name]: 'explicit' }, STEPS]]);
    // The same model without it is measured by the registered one again, also when a fit of its own has failed early.
    const failing = new tf.CustomCallback({ onTrainBegin: () => Promise.reject(new Error('no')) }, 'never');
    await expect(fit(model, { callbacks: [failing, fitMetrics(tf, { registry, model: 'explicit' })] })).rejects.toThrow('no');
    await fit(model);
    const values = await collect();
    expect(values.value(metric.trainingSteps, { [name]: 'explicit' })).toBe(STEPS);
    expect(values.value(metric.trainingSteps, { [name]: 'registered' })).toBe(STEPS);
  });

  test.each([
    [
      'an array that begins with a plain object',
      (ours: FitCallback) => [{ onEpochEnd: async () => {} }, ours, { onBatchEnd: async () => {} }],
    ],
    ['a CustomCallback', (ours: FitCallback) => [new tf.CustomCallback(ours as CustomCallbackArgs, 'never')]],
  ])('also in %s: counted once, and with all that the registered one knows of the model', async (_place, array) => {
    const { registry, collect } = testRegistry();
    undo = registerTfjs(tf, { registry });
    const [ours, model] = [fitMetrics(tf, { registry, runId: 'own' }), smallModel(tf)];
    const args = { epochs: 2, validationSplit: 0.2, callbacks: array(ours) as CustomCallbackArgs[] };
    for (let i = 0; i < 2; i++) await fit(model, args);
    const values = await collect();
    expect(values.all(metric.trainingSteps).map(([, steps]) => steps)).toEqual([2 * 2 * STEPS_PER_EPOCH]);
    expect(values.all(metric.trainingRunStartTime).map(([has]) => has[attributes.runId.key])).toEqual(['own']);
    expect(values.value(metric.trainingRuns, { [result]: 'success' })).toBe(2);
    expect(values.count(metric.trainingEpochDuration)).toBe(4);
    expect(values.value(metric.trainingLearningRate)).toBe(0.001);
    expect(values.value(metric.trainingProgress)).toBe(1);
    expect(values.value(metric.trainingRunActive)).toBe(0);
    expect(values.value(dropped, { [attributes.dropReason.key]: 'hook_error' })).toBe(0);
    // Without it the registered one measures again.
    await fit(model);
    expect((await collect()).value(metric.trainingRuns, { [result]: 'success' })).toBe(3);
  });

  test('also twice in such an array, each counts, and the registered one does not; a fit that throws is a failure of both', async () => {
    const { registry, collect } = testRegistry();
    undo = registerTfjs(tf, { registry, model: 'registered' });
    const failing = { onEpochEnd: () => Promise.reject(new Error('full')) };
    const callbacks = [failing, ...['a', 'b'].map((model) => fitMetrics(tf, { registry, model }))] as CustomCallbackArgs[];
    await expect(fit(smallModel(tf), { callbacks })).rejects.toThrow('full');
    const values = await collect();
    for (const of of ['a', 'b']) {
      expect(values.value(metric.trainingSteps, { [name]: of })).toBe(STEPS);
      expect(values.value(metric.trainingRuns, { [name]: of, [result]: 'failure' })).toBe(1);
    }
    expect(values.all(metric.trainingRunActive).map(([, active]) => active)).toEqual([0, 0, 0]);
    expect(values.value(metric.trainingSteps, { [name]: 'registered' })).toBe(0);
    expect(values.value(metric.trainingRuns, { [name]: 'registered', [result]: 'failure' })).toBe(0);
    expect(values.all(metric.trainingRunInfo).map(([has]) => has[name])).toEqual(['a', 'b']);
  });

  test('registering again replaces the options, and each undo takes back its own alone', async () => {
    const { registry, collect } = testRegistry();
    const undoFirst = registerTfjs(tf, { registry, model: 'first' });
    undo = registerTfjs({ ...tf }, { registry, model: 'second' });
    undoFirst();
    await fit(smallModel(tf));
    expect((await collect()).all(metric.trainingSteps)).toEqual([[{ [name]: 'second' }, STEPS]]);
    undo();
    await fit(smallModel(tf));
    expect((await collect()).all(metric.trainingSteps)).toEqual([[{ [name]: 'second' }, STEPS]]);
    undo = registerTfjs(tf, { registry, model: 'third' });
    await fit(smallModel(tf));
    expect((await collect()).value(metric.trainingSteps, { [name]: 'third' })).toBe(STEPS);
  });

  test('bad options are refused, and what was registered stays', async () => {
    const { registry, collect } = testRegistry();
    undo = registerTfjs(tf, { registry });
    expect(() => registerTfjs(tf, { onNonFinite: 'panic' as never })).toThrow('onNonFinite is "panic"');
    await fit(smallModel(tf));
    expect((await collect()).value(metric.trainingSteps)).toBe(STEPS);
  });
});
