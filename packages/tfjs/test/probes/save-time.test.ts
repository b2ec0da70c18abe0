import { setTimeout as sleep } from 'node:timers/promises';
import { attributes, trainingMetrics as metric } from '@modelmeter/core';
import type { LayersModel } from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { saveTime } from '../../src/probes/save-time.ts';
import { describeEachBackend, type TensorFlow } from '../backends.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { FakeClock } from '@modelmeter/test-kit/fake-clock';
import { modelKinds } from '../model-kinds.ts';
import { BATCH_SIZE } from '../small-model.ts';

const activity = attributes.trainingActivity.key;

/** A place to save to that takes half a second of a fake clock. */
function slowSaving(tf: TensorFlow, clock: FakeClock) {
  return tf.io.withSaveHandler(async () => {
    await sleep(1);
    clock.advance(0.5);
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' as const } };
  });
}

describeEachBackend((tf) => {
  test.each(['sequential', 'functional'] as const)(
    'saving a %s model in a callback counts as a checkpoint, and is left as it was',
    async (kind) => {
      const clock = new FakeClock();
      const { registry, collect } = testRegistry({ clock });
      const { model, xs, ys } = modelKinds[kind](tf);
      const descriptors = () =>
        [tf.LayersModel.prototype, tf.Sequential.prototype, model].map((one) => Object.getOwnPropertyDescriptors(one)['save']);
      const before = descriptors();
      const other = modelKinds.sequential(tf).model;
      const saved: unknown[] = [];
      const save = async (one: LayersModel) => saved.push(await one.save(slowSaving(tf, clock)));
      const saving = new tf.CustomCallback(
        {
          onEpochEnd: async () => {
            clock.advance(0.25);
            await save(model);
            // Another model’s is nothing but a callback’s work.
            await save(other);
          },
          onBatchEnd: async () => clock.advance(0.125),
        },
        'never',
      );
      const fit = {
        epochs: 2,
        batchSize: BATCH_SIZE,
        verbose: 0,
        callbacks: [fitMetrics(tf, { registry, clock, probes: [saveTime()] }), saving],
      };
      await model.fit(xs, ys, fit);
      const values = await collect();
      expect(saved).toHaveLength(4);
      expect(values.value(metric.trainingTime, { [activity]: 'checkpoint' })).toBe(2 * 0.5);
      expect(values.value(metric.trainingTime, { [activity]: 'callback' })).toBe(2 * (0.25 + 0.5) + 10 * 0.125);
      expect(descriptors()).toEqual(before);
      await save(model);
      expect((await collect()).value(metric.trainingTime, { [activity]: 'checkpoint' })).toBe(1);
    },
  );

  test('a save that fails rejects as ever, and is put back when the fit is over', async () => {
    const { registry, collect } = testRegistry();
    const { model, xs, ys } = modelKinds.sequential(tf);
    const before = Object.getOwnPropertyDescriptor(tf.LayersModel.prototype, 'save');
    const failure = new Error('the disk is full');
    const saving = new tf.CustomCallback(
      { onEpochEnd: async () => void (await model.save(tf.io.withSaveHandler(() => Promise.reject(failure)))) },
      'never',
    );
    const callbacks = [fitMetrics(tf, { registry, probes: [saveTime()] }), saving];
    await expect(model.fit(xs, ys, { epochs: 1, verbose: 0, callbacks })).rejects.toBe(failure);
    expect(Object.getOwnPropertyDescriptor(tf.LayersModel.prototype, 'save')).toEqual(before);
    expect((await collect()).value(metric.trainingRunActive)).toBe(0);
  });

  test('without the option, nothing but a callback is going on', async () => {
    const clock = new FakeClock();
    const { registry, collect } = testRegistry({ clock });
    const { model, xs, ys } = modelKinds.sequential(tf);
    const saving = new tf.CustomCallback({ onEpochEnd: async () => void (await model.save(slowSaving(tf, clock))) }, 'never');
    await model.fit(xs, ys, { epochs: 1, verbose: 0, callbacks: [fitMetrics(tf, { registry, clock }), saving] });
    const values = await collect();
    expect(values.value(metric.trainingTime, { [activity]: 'checkpoint' })).toBeUndefined();
    expect(values.value(metric.trainingTime, { [activity]: 'callback' })).toBe(0.5);
  });
});
