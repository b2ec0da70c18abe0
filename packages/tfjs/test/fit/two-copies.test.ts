import { attributes, trainingMetrics as metric } from '@modelmeter/core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FitCallback } from '../../src/fit/fit-callback.ts';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { callbacks } from '../../src/fit/mixed-callbacks.ts';
import { gradientNorm } from '../../src/probes/gradient-norm.ts';
import { parameterNorms } from '../../src/probes/parameter-norms.ts';
import { saveTime } from '../../src/probes/save-time.ts';
import { type TensorFlow, useBackend } from '../backends.ts';
import { type CollectedValues, testRegistry } from '@modelmeter/test-kit/collected-values';
import { secondCopy } from '../second-copy.ts';
import { BATCH_SIZE, smallData, smallModel, STEPS_PER_EPOCH } from '../small-model.ts';

const split = attributes.datasetSplit.key;

describe('with two copies of tfjs in one program', () => {
  let tf: TensorFlow;
  let other: TensorFlow;
  beforeAll(async () => {
    tf = await useBackend('cpu');
    other = secondCopy(tf);
  });

  async function fit(given: unknown): Promise<Record<string, unknown[]>> {
    const { xs, ys } = smallData(tf);
    const args = { epochs: 2, batchSize: BATCH_SIZE, validationSplit: 0.2, verbose: 0, callbacks: given as FitCallback };
    return (await smallModel(tf).fit(xs, ys, args)).history;
  }

  function expectCounted(values: CollectedValues, history: Record<string, unknown[]>): void {
    expect(values.value(metric.trainingSteps)).toBe(2 * STEPS_PER_EPOCH);
    expect(values.value(metric.trainingEpoch)).toBe(2);
    expect(values.value(metric.trainingLoss, { [split]: 'train' })).toBe(history['loss']?.at(-1));
    expect(values.value(metric.trainingLoss, { [split]: 'validation' })).toBe(history['val_loss']?.at(-1));
    expect(values.value(metric.trainingRuns, { [attributes.trainingResult.key]: 'success' })).toBe(1);
    expect(values.value(metric.trainingRunActive)).toBe(0);
  }

  test('they are two', () => {
    expect(other.Callback).not.toBe(tf.Callback);
    expect(other.LayersModel).not.toBe(tf.LayersModel);
    expect(other.engine()).toBe(tf.engine());
  });

  test('a subclass of the other copy’s Callback is one that tfjs cannot use', async () => {
    await expect(fit([tf.callbacks.earlyStopping({ monitor: 'loss' }), other.callbacks.earlyStopping()])).rejects.toThrow(
      'model must be a LayersModel',
    );
  });

  test('a callback made with the other copy measures all, but for what a callback of no known model cannot', async () => {
    const { registry, collect } = testRegistry();
    const history = await fit(fitMetrics(other, { registry }));
    const values = await collect();
    expectCounted(values, history);
    expect(values.value(metric.trainingProgress)).toBe(1);
    expect(values.all(metric.trainingLearningRate)).toEqual([]);
  });

  test.each([
    ['after a class callback', (ours: FitCallback) => [tf.callbacks.earlyStopping({ monitor: 'loss', patience: 9 }), ours]],
    ['in callbacks(tf, […])', (ours: FitCallback) => callbacks(tf, [{ onBatchEnd: async () => {} }, ours])],
  ])('%s it measures all', async (_place, array) => {
    const { registry, collect } = testRegistry();
    const history = await fit(array(fitMetrics(other, { registry, probes: [parameterNorms(), gradientNorm({ everySteps: 1 })] })));
    const values = await collect();
    expectCounted(values, history);
    expect(values.value(metric.trainingLearningRate)).toBe(0.001);
    expect(values.value(metric.trainingGradientNorm)).toBeGreaterThan(0);
    expect(values.value(metric.trainingTime, { [attributes.trainingActivity.key]: 'validation' })).toBeGreaterThan(0);
  });

  test('saving counts as a checkpoint whichever copy the model is of', async () => {
    const { registry, collect } = testRegistry();
    const model = smallModel(tf);
    const { xs, ys } = smallData(tf);
    const save = async () =>
      void (await model.save(
        tf.io.withSaveHandler(async () => ({ modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } })),
      ));
    const saving = new tf.CustomCallback({ onEpochEnd: save }, 'never');
    const given = [saving, fitMetrics(other, { registry, probes: [saveTime()] })];
    await model.fit(xs, ys, { epochs: 1, verbose: 0, callbacks: given });
    expect((await collect()).value(metric.trainingTime, { [attributes.trainingActivity.key]: 'checkpoint' })).toBeGreaterThan(0);
  });
});
