import { setImmediate as turn } from 'node:timers/promises';
import { attributes, dropped, trainingMetrics as metric } from '@modelmeter/core';
import type { Tensor } from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import type { FitMetricsOptions } from '../../src/fit/fit-options.ts';
import { gradientNorm } from '../../src/probes/gradient-norm.ts';
import { improvement } from '../../src/probes/improvement.ts';
import { parameterNorms } from '../../src/probes/parameter-norms.ts';
import { type TensorFlow, useBackend } from '../backends.ts';
import { type CollectedValues, testRegistry } from '@modelmeter/test-kit/collected-values';
import { SlowDevice } from '../slow-device.ts';
import { BATCH_SIZE, smallData, smallModel, STEPS_PER_EPOCH } from '../small-model.ts';

const EPOCHS = 3;
const STEPS = EPOCHS * STEPS_PER_EPOCH;
const timing = attributes.timing.key;
const split = attributes.datasetSplit.key;

describe('where a device works on by itself', () => {
  let tf: TensorFlow;
  let device: SlowDevice;
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown) => rejections.push(reason);

  beforeEach(async () => {
    tf = await useBackend('cpu');
    device = new SlowDevice(tf);
    process.on('unhandledRejection', onRejection);
  });
  afterEach(() => {
    device.restore();
    process.off('unhandledRejection', onRejection);
    if (rejections.length > 0) throw new Error('a rejection was not handled', { cause: rejections.splice(0) });
  });

  interface Seen {
    readonly history: Record<string, unknown[]>;
    readonly values: CollectedValues;
    /** What had been asked for in steps, in all of the fit, and in a way that waits for the answer. */
    readonly reads: { inSteps: number; all: number; blocking: number };
    readonly tensors: number;
  }

  /** Trains where no read is answered before the end of training: a fit that waited for one would never get there. */
  async function fit(options?: FitMetricsOptions, loss?: (yTrue: Tensor, yPred: Tensor) => Tensor): Promise<Seen> {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const reads = { inSteps: 0, all: 0, blocking: 0 };
    class Last extends tf.Callback {
      override async onBatchBegin(): Promise<void> {
        reads.inSteps -= device.reads;
      }
      override async onBatchEnd(): Promise<void> {
        reads.inSteps += device.reads;
      }
    }
    // Before ours, which waits at the end for what tfjs is about to wait for.
    const onTrainEnd = () => {
      [reads.all, reads.blocking] = [device.reads, device.blockingReads];
      device.answer();
    };
    const first = new tf.CustomCallback({ onTrainEnd }, 'never');
    const ours = options ? [fitMetrics(device.tf, { registry, ...options })] : [];
    const args = {
      epochs: EPOCHS,
      batchSize: BATCH_SIZE,
      validationSplit: 0.2,
      shuffle: false,
      verbose: 0,
      callbacks: [first, ...ours, new Last()],
    };
    const model = smallModel(tf, loss ? { loss } : {});
    const before = tf.memory().numTensors;
    const { history } = await model.fit(xs, ys, args);
    await turn();
    return { history, values: await collect(), reads, tensors: tf.memory().numTensors - before };
  }

  test('steps say so, and it is not claimed what their time went on', async () => {
    const { values } = await fit({});
    expect(values.count(metric.trainingStepDuration, { [timing]: 'dispatch' })).toBe(STEPS - 1);
    expect(values.count(metric.trainingStepDuration, { [timing]: 'complete' })).toBeUndefined();
    expect(values.all(metric.trainingTime)).toEqual([]);
    expect(values.value(metric.trainingSteps)).toBe(STEPS);
    expect(values.value(metric.trainingRunDuration)).toBeGreaterThan(0);
  });

  test('nothing is read in a step, and the values of an epoch are read without waiting', async () => {
    const { history, values, reads } = await fit({});
    expect(reads).toEqual({ inSteps: 0, all: EPOCHS * 6, blocking: 0 });
    expect(values.value(metric.trainingLoss, { [split]: 'train' })).toBe(history['loss']?.at(-1));
    expect(values.value(metric.trainingLoss, { [split]: 'validation' })).toBe(history['val_loss']?.at(-1));
    expect(values.value(metric.trainingBatchLoss)).toBeUndefined();
    expect(values.value(metric.trainingLearningRate)).toBe(0.001);
  });

  test('with every option that waits for nobody, history and tensors are as without us, and nobody waits', async () => {
    const without = await fit();
    device.restore();
    device = new SlowDevice(tf);
    const probes = [parameterNorms({ layers: true }), gradientNorm({ everySteps: 2 }), improvement()];
    const options = { batchLossEverySeconds: 0, probes, onNonFinite: 'throw' } as const;
    const { history, values, reads, tensors } = await fit(options);
    expect(history).toEqual(without.history);
    expect(tensors).toBe(without.tensors);
    expect(reads.blocking).toBe(0);
    // In a step, its loss and every other time the norm of the gradient.
    expect(reads.inSteps).toBe(STEPS * 1.5);
    expect(values.value(metric.trainingBatchLoss)).toBeGreaterThan(0);
    expect(values.value(metric.trainingGradientNorm)).toBeGreaterThan(0);
    expect(values.value(metric.trainingParameterNorm, { [attributes.layerName.key]: undefined })).toBeGreaterThan(0);
    expect(values.value(metric.trainingEpochsWithoutImprovement)).toBe(0);
    expect(values.value(dropped, { [attributes.dropReason.key]: 'hook_error' })).toBe(0);
  });

  test('a loss that is not finite is known when the device has answered', async () => {
    const { values } = await fit({ batchLossEverySeconds: 0 }, (yTrue, yPred) => tf.metrics.meanSquaredError(yTrue, yPred).mul(NaN));
    const notFinite = { [split]: 'train', [attributes.metricName.key]: 'loss' };
    expect(values.value(metric.trainingNonFinite, notFinite)).toBe(STEPS + EPOCHS);
  });
});
