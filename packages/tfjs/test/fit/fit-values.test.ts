import { attributes, trainingMetrics as metric } from '@modelmeter/core';
import type { Scalar, SymbolicTensor, Tensor } from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { describeEachBackend } from '../backends.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { BATCH_SIZE, SAMPLES, smallData, smallDataset, smallModel, STEPS_PER_EPOCH } from '../small-model.ts';

const split = attributes.datasetSplit.key;
const name = attributes.metricName.key;

describeEachBackend((tf) => {
  test('losses and metrics of both splits equal those of the History to the last bit', async () => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const { history } = await smallModel(tf).fit(xs, ys, {
      epochs: 3,
      batchSize: BATCH_SIZE,
      validationSplit: 0.2,
      verbose: 0,
      callbacks: fitMetrics(tf, { registry }),
    });
    const values = await collect();
    const last = (key: string) => history[key]?.at(-1);
    expect(values.value(metric.trainingLoss, { [split]: 'train' })).toBe(last('loss'));
    expect(values.value(metric.trainingLoss, { [split]: 'validation' })).toBe(last('val_loss'));
    expect(values.value(metric.trainingAccuracy, { [split]: 'train' })).toBe(last('acc'));
    expect(values.value(metric.trainingAccuracy, { [split]: 'validation' })).toBe(last('val_acc'));
    expect(values.value(metric.trainingMetric, { [split]: 'train', [name]: 'mse' })).toBe(last('mse'));
    expect(values.value(metric.trainingMetric, { [split]: 'validation', [name]: 'mse' })).toBe(last('val_mse'));
    expect(last('val_mse')).toBeTypeOf('number');
  });

  test('fit counts every step, sample and epoch', async () => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const fit = { epochs: 5, batchSize: BATCH_SIZE, validationSplit: 0.2, verbose: 0, callbacks: fitMetrics(tf, { registry }) } as const;
    await smallModel(tf).fit(xs, ys, fit);
    const values = await collect();
    expect(values.value(metric.trainingSteps)).toBe(5 * STEPS_PER_EPOCH);
    expect(values.value(metric.trainingSamples)).toBe(5 * STEPS_PER_EPOCH * BATCH_SIZE);
    expect(values.count(metric.trainingStepDuration)).toBe(5 * STEPS_PER_EPOCH - 1);
    expect(values.count(metric.trainingEpochDuration)).toBe(5);
    expect(values.value(metric.trainingEpoch)).toBe(5);
    expect(values.value(metric.trainingProgress)).toBe(1);
  });

  test('fitDataset counts every step, sample and epoch, and reports the values of the History', async () => {
    const { registry, collect } = testRegistry();
    const callbacks = fitMetrics(tf, { registry });
    const { history } = await smallModel(tf).fitDataset(smallDataset(tf), {
      epochs: 3,
      validationData: smallDataset(tf),
      verbose: 0,
      callbacks,
    });
    const values = await collect();
    expect(values.value(metric.trainingSteps)).toBe((3 * SAMPLES) / BATCH_SIZE);
    expect(values.value(metric.trainingSamples)).toBe(3 * SAMPLES);
    expect(values.value(metric.trainingEpoch)).toBe(3);
    expect(values.value(metric.trainingProgress)).toBe(1);
    expect(values.value(metric.trainingLoss, { [split]: 'train' })).toBe(history['loss']?.at(-1));
    expect(values.value(metric.trainingLoss, { [split]: 'validation' })).toBe(history['val_loss']?.at(-1));
    expect(values.value(metric.trainingAccuracy, { [split]: 'validation' })).toBe(history['val_acc']?.at(-1));
  });

  test('a fit that begins at a later epoch reports that epoch and a progress of its own', async () => {
    const { registry, collect } = testRegistry();
    const callbacks = fitMetrics(tf, { registry });
    await smallModel(tf).fitDataset(smallDataset(tf), { epochs: 5, initialEpoch: 3, verbose: 0, callbacks });
    const values = await collect();
    expect(values.value(metric.trainingEpoch)).toBe(5);
    expect(values.value(metric.trainingProgress)).toBe(1);
    expect(values.value(metric.trainingSteps)).toBe((2 * SAMPLES) / BATCH_SIZE);
  });

  test('progress is absent where the number of steps is unknown', async () => {
    const { registry, collect } = testRegistry();
    const dataset = Object.assign(smallDataset(tf), { size: null });
    await smallModel(tf).fitDataset(dataset, { epochs: 1, verbose: 0, callbacks: fitMetrics(tf, { registry }) });
    const values = await collect();
    expect(values.all(metric.trainingProgress)).toEqual([]);
    expect(values.value(metric.trainingSteps)).toBe(SAMPLES / BATCH_SIZE);
  });

  test('the values of a model with several outputs stand under the right names, also for validation', async () => {
    const { registry, collect } = testRegistry();
    const input = tf.input({ shape: [4] });
    const kinds = tf.layers.dense({ units: 3, activation: 'softmax', name: 'kind' }).apply(input) as SymbolicTensor;
    const sizes = tf.layers.dense({ units: 1, name: 'size' }).apply(input) as SymbolicTensor;
    const model = tf.model({ inputs: input, outputs: [kinds, sizes] });
    model.compile({ optimizer: 'sgd', loss: ['categoricalCrossentropy', 'meanSquaredError'], metrics: { kind: 'accuracy' } });
    const { xs, ys } = smallData(tf);
    const targets = [ys, xs.slice([0, 0], [SAMPLES, 1])];
    const validationData: [Tensor, Tensor[]] = [xs, targets];
    await model.fit(xs, targets, { epochs: 2, validationData, batchSize: BATCH_SIZE, verbose: 0, callbacks: fitMetrics(tf, { registry }) });
    const [total, kindLoss, sizeLoss] = evaluated(model.evaluate(xs, targets, { batchSize: BATCH_SIZE }));
    const values = await collect();
    const losses = Object.fromEntries(
      values
        .all(metric.trainingLoss)
        .filter(([has]) => has[split] === 'validation')
        .map(([has, value]) => [(has[attributes.outputName.key] as string | undefined) ?? 'total', value]),
    );
    expect(losses['total']).toBeCloseTo(total as number, 5);
    expect(losses['kind']).toBeCloseTo(kindLoss as number, 5);
    expect(losses['size']).toBeCloseTo(sizeLoss as number, 5);
    expect(values.value(metric.trainingAccuracy, { [split]: 'train', [attributes.outputName.key]: 'kind' })).toBeTypeOf('number');
  });
});

function evaluated(scalars: Scalar | Scalar[]): number[] {
  // tfjs-layers 4.22 returns the running total once for each output, the last one whole, then the losses.
  const all = (Array.isArray(scalars) ? scalars : [scalars]).map((scalar) => scalar.dataSync()[0] as number);
  return [all[1] as number, all[2] as number, all[3] as number];
}
