import { attributes, trainingMetrics as metric } from '@modelmeter/core';
import type { Sequential, Tensor } from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { describeEachBackend } from '../backends.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { FakeClock } from '@modelmeter/test-kit/fake-clock';
import { BATCH_SIZE, SAMPLES, smallData, smallModel, STEPS_PER_EPOCH } from '../small-model.ts';

const result = attributes.trainingResult.key;
const split = attributes.datasetSplit.key;
const run = attributes.runId.key;

describeEachBackend((tf, backend) => {
  test('a run that ends by itself is a success, and says what it was made of', async () => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const callbacks = fitMetrics(tf, { registry, model: 'digits', runId: 'r1' });
    await smallModel(tf).fit(xs, ys, { epochs: 1, batchSize: BATCH_SIZE, verbose: 0, callbacks });
    const values = await collect();
    expect(Object.fromEntries(values.all(metric.trainingRuns).map(([has, count]) => [has[result], count]))).toEqual({
      success: 1,
      early_stopped: 0,
      non_finite: 0,
      cancelled: 0,
      failure: 0,
    });
    expect(values.value(metric.trainingRunActive, { [attributes.modelName.key]: 'digits' })).toBe(0);
    expect(values.all(metric.trainingRunInfo)).toEqual([
      [
        {
          [attributes.modelName.key]: 'digits',
          [run]: 'r1',
          [result]: 'success',
          [attributes.optimizerName.key]: 'Adam',
          [attributes.batchSize.key]: BATCH_SIZE,
          [attributes.tfjsBackend.key]: backend,
        },
        1,
      ],
    ]);
  });

  test.each(['before', 'after'])('a run that earlyStopping %s it ends early is early_stopped', async (place) => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const stopping = tf.callbacks.earlyStopping({ monitor: 'loss', minDelta: 100, patience: 1 });
    const measuring = fitMetrics(tf, { registry });
    const callbacks = place === 'before' ? [stopping, measuring] : [measuring, stopping];
    const { epoch } = await smallModel(tf).fit(xs, ys, { epochs: 9, batchSize: BATCH_SIZE, verbose: 0, callbacks });
    const values = await collect();
    expect(epoch.length).toBeLessThan(9);
    expect(values.value(metric.trainingEpoch)).toBe(epoch.length);
    expect(values.value(metric.trainingRuns, { [result]: 'early_stopped' })).toBe(1);
    expect(values.value(metric.trainingRuns, { [result]: 'success' })).toBe(0);
  });

  test('a loss that is not finite is counted, never shown, and makes the result', async () => {
    const clock = new FakeClock();
    const { registry, collect } = testRegistry({ clock });
    const { xs, ys } = smallData(tf);
    let calls = 0;
    const diverging = (yTrue: Tensor, yPred: Tensor) =>
      tf.metrics.meanSquaredError(yTrue, yPred).mul(++calls > STEPS_PER_EPOCH ? Infinity : 1);
    const fit = { epochs: 3, batchSize: 10, verbose: 0, callbacks: fitMetrics(tf, { registry, clock }) };
    const { history } = await smallModel(tf, { loss: diverging }).fit(xs, ys, fit);
    const values = await collect();
    expect(history['loss']?.map((loss) => Number.isFinite(loss as number))).toEqual([true, false, false]);
    expect(values.value(metric.trainingLoss, { [split]: 'train' })).toBe(history['loss']?.[0]);
    // Twice by epochs. The clock stands still, so that only the very first batch was sampled.
    expect(values.value(metric.trainingNonFinite, { [split]: 'train', [attributes.metricName.key]: 'loss' })).toBe(2);
    expect(values.value(metric.trainingRuns, { [result]: 'non_finite' })).toBe(1);
  });

  test('a fit that throws ends its run as a failure, rejects with the same error and leaves the model as it was', async () => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const model = smallModel(tf);
    const failure = new Error('the disk is full');
    const failing = new tf.CustomCallback(
      {
        onBatchEnd: async (batch) => {
          if (batch === 2) throw failure;
        },
      },
      'never',
    );
    const fit = model.fit(xs, ys, { epochs: 2, batchSize: BATCH_SIZE, verbose: 0, callbacks: [fitMetrics(tf, { registry }), failing] });
    await expect(fit).rejects.toBe(failure);
    const values = await collect();
    expect(values.value(metric.trainingRuns, { [result]: 'failure' })).toBe(1);
    expect(values.value(metric.trainingRunActive)).toBe(0);
    expect(values.value(metric.trainingSteps)).toBe(3);
    const control = smallModel(tf);
    await expect(control.fit(xs, ys, { epochs: 2, batchSize: BATCH_SIZE, verbose: 0, callbacks: failing })).rejects.toBe(failure);
    expect(shapeOf(model)).toEqual(shapeOf(control));
  });

  test('two callbacks watch one fit, and both leave the model as it was', async () => {
    const [first, second] = [testRegistry(), testRegistry()];
    const { xs, ys } = smallData(tf);
    const model = smallModel(tf);
    const callbacks = [fitMetrics(tf, { registry: first.registry }), fitMetrics(tf, { registry: second.registry })];
    const fit = { epochs: 1, batchSize: BATCH_SIZE, validationSplit: 0.2, verbose: 0 };
    await model.fit(xs, ys, { ...fit, callbacks });
    for (const { collect } of [first, second]) {
      const values = await collect();
      expect(values.value(metric.trainingSteps)).toBe(STEPS_PER_EPOCH);
      expect(values.value(metric.trainingTime, { [attributes.trainingActivity.key]: 'validation' })).toBeGreaterThan(0);
    }
    const control = smallModel(tf);
    await control.fit(xs, ys, fit);
    expect(shapeOf(model)).toEqual(shapeOf(control));
  });

  test('an instance serves one fit after the other, each a run of its own', async () => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const callbacks = fitMetrics(tf, { registry });
    const model = smallModel(tf);
    for (let i = 0; i < 3; i++) await model.fit(xs, ys, { epochs: 2, batchSize: BATCH_SIZE, verbose: 0, callbacks });
    const values = await collect();
    expect(new Set(values.all(metric.trainingEpoch).map(([has]) => has[run])).size).toBe(3);
    expect(values.all(metric.trainingEpoch).map(([, epoch]) => epoch)).toEqual([2, 2, 2]);
    expect(values.value(metric.trainingRuns, { [result]: 'success' })).toBe(3);
  });

  test('without run ids the runs of a model share series, which begin anew with each run', async () => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const callbacks = fitMetrics(tf, { registry, runId: false });
    await smallModel(tf).fit(xs, ys, { epochs: 2, batchSize: BATCH_SIZE, validationSplit: 0.2, verbose: 0, callbacks });
    const during: unknown[] = [];
    const look = async () => {
      const values = await collect();
      during.push(
        values.all(metric.trainingRunEndTime).length,
        values.all(metric.trainingRunInfo).length,
        values.all(metric.trainingLoss).length,
      );
    };
    const looking = new tf.CustomCallback({ onTrainBegin: look }, 'never');
    await smallModel(tf).fit(xs, ys, { epochs: 1, batchSize: BATCH_SIZE, verbose: 0, callbacks: [callbacks, looking] });
    expect(during).toEqual([0, 1, 0]);
    const values = await collect();
    expect(values.all(metric.trainingEpoch).map(([has, epoch]) => [has[run], epoch])).toEqual([[undefined, 1]]);
  });

  test('a process that trains again and again exports no more runs than it keeps', async () => {
    const { registry, collect } = testRegistry({ keepEndedRuns: 3 });
    const { xs, ys } = smallData(tf);
    const model = smallModel(tf);
    const callbacks = fitMetrics(tf, { registry });
    for (let i = 0; i < 12; i++) await model.fit(xs, ys, { epochs: 1, batchSize: SAMPLES, verbose: 0, callbacks });
    const values = await collect();
    expect(values.all(metric.trainingEpoch)).toHaveLength(3);
    expect(values.all(metric.trainingRunInfo)).toHaveLength(3);
    expect(values.value(metric.trainingRuns, { [result]: 'success' })).toBe(12);
  });
});

/** The inner model's own properties, each with what it holds where that is a plain value. */
function shapeOf(model: Sequential): Record<string, unknown> {
  const { model: inner } = model as unknown as { model: object };
  return Object.fromEntries(
    Object.entries(Object.getOwnPropertyDescriptors(inner)).map(([name, descriptor]) => [
      name,
      {
        ...descriptor,
        value: ['boolean', 'number'].includes(typeof descriptor.value) && name !== 'id' ? descriptor.value : typeof descriptor.value,
      },
    ]),
  );
}
