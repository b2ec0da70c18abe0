import { attributes, trainingMetrics as metric } from '@modelmeter/core';
import type { Sequential, Tensor } from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { NonFiniteError } from '../../src/fit/non-finite-error.ts';
import { trackFit } from '../../src/fit/track-fit.ts';
import { parameterNorms } from '../../src/probes/parameter-norms.ts';
import { describeEachBackend, type TensorFlow } from '../backends.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { ownProperties } from '../own-properties.ts';
import { BATCH_SIZE, SAMPLES, smallData, smallModel } from '../small-model.ts';

const EPOCHS = 3;
const STEPS_PER_EPOCH = SAMPLES / BATCH_SIZE;
const BAD_STEP = STEPS_PER_EPOCH + 2;

/** What goes wrong in the second epoch, and by which name it is told. */
const faults = {
  loss: (tf: TensorFlow) => {
    let steps = 0;
    const loss = (yTrue: Tensor, yPred: Tensor) => tf.metrics.meanSquaredError(yTrue, yPred).mul(++steps >= BAD_STEP ? NaN : 1);
    return { model: smallModel(tf, { loss }) };
  },
  wild: (tf: TensorFlow) => {
    let steps = 0;
    // A metric, by its function's name.
    const wild = (yTrue: Tensor, yPred: Tensor) => tf.metrics.meanSquaredError(yTrue, yPred).mul(++steps >= BAD_STEP ? Infinity : 1);
    const model = smallModel(tf);
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError', metrics: [wild] });
    return { model };
  },
  weights: (tf: TensorFlow) => {
    const model = smallModel(tf);
    // After the last step of the second epoch, when every loss of it is known.
    const spoil = async (epoch: number) => {
      if (epoch === 1) tf.tidy(() => model.setWeights(model.getWeights().map((weight) => weight.mul(NaN))));
    };
    return { model, other: new tf.CustomCallback({ onEpochEnd: spoil }, 'never') };
  },
};
type Fault = keyof typeof faults;

async function faultyFit(tf: TensorFlow, fault: Fault, onNonFinite: 'record' | 'stop' | 'throw', epochs = EPOCHS) {
  const { registry, collect } = testRegistry();
  const { xs, ys } = smallData(tf);
  const { model, other }: { model: Sequential; other?: unknown } = faults[fault](tf);
  const measuring = fitMetrics(tf, { registry, onNonFinite, probes: [parameterNorms()] });
  const callbacks = [measuring, ...(other ? [other as typeof measuring] : [])];
  const before = tf.memory().numTensors;
  const fit = () => model.fit(xs, ys, { epochs, batchSize: BATCH_SIZE, verbose: 0, callbacks });
  const outcome = await trackFit(measuring, fit).catch((error: unknown) => error as Error);
  const values = await collect();
  const runs = values.all(metric.trainingRuns).flatMap(([has, count]) => (count === 1 ? [has[attributes.trainingResult.key]] : []));
  const nonFinite = values.value(metric.trainingNonFinite, { [attributes.metricName.key]: fault, [attributes.datasetSplit.key]: 'train' });
  expect(values.value(metric.trainingRunActive)).toBe(0);
  return { model, outcome, runs, nonFinite, steps: values.value(metric.trainingSteps), values, left: tf.memory().numTensors - before };
}

describeEachBackend((tf) => {
  test.each([
    ['loss', ['non_finite']],
    ['wild', ['success']],
    ['weights', ['non_finite']],
  ] as const)('record: with a %s that is not finite the fit goes on, and ends as %j', async (fault, ending) => {
    const { outcome, runs, nonFinite, steps } = await faultyFit(tf, fault, 'record');
    expect(outcome).not.toBeInstanceOf(Error);
    expect(steps).toBe(EPOCHS * STEPS_PER_EPOCH);
    expect(runs).toEqual(ending);
    expect(nonFinite).toBeGreaterThanOrEqual(2);
  });

  test('record: weights that are spoilt only after the last loss make the result all the same', async () => {
    const { runs, nonFinite } = await faultyFit(tf, 'weights', 'record', 2);
    expect([runs, nonFinite]).toEqual([['non_finite'], 1]);
  });

  test.each([
    ['loss', BAD_STEP],
    ['wild', 2 * STEPS_PER_EPOCH],
    ['weights', 2 * STEPS_PER_EPOCH],
  ] as const)('stop: with a %s that is not finite the fit ends after step %i, as non_finite', async (fault, lastStep) => {
    const { outcome, runs, steps } = await faultyFit(tf, fault, 'stop');
    expect(outcome).not.toBeInstanceOf(Error);
    expect(steps).toBe(lastStep);
    expect(runs).toEqual(['non_finite']);
  });

  test.each([
    ['loss', BAD_STEP, 'loss is NaN'],
    ['wild', 2 * STEPS_PER_EPOCH, 'wild is Infinity'],
    ['weights', 2 * STEPS_PER_EPOCH, 'weights is NaN'],
  ] as const)('throw: with a %s that is not finite the fit rejects after step %i', async (fault, lastStep, message) => {
    const { model, outcome, runs, steps, values } = await faultyFit(tf, fault, 'throw');
    expect(outcome).toBeInstanceOf(NonFiniteError);
    expect((outcome as Error).message).toBe(message);
    expect(steps).toBe(lastStep);
    expect(runs).toEqual(['non_finite']);
    expect(values.count(metric.trainingRunDuration, { [attributes.errorType.key]: 'NonFiniteError' })).toBe(1);
    // Nothing of ours is left on the model, and it can be trained again.
    const { model: control } = faults[fault](tf);
    const failing = new tf.CustomCallback({ onBatchEnd: () => Promise.reject(new Error('control')) }, 'never');
    const { xs, ys } = smallData(tf);
    await expect(control.fit(xs, ys, { verbose: 0, callbacks: failing })).rejects.toThrow('control');
    expect(ownProperties(model)).toEqual(ownProperties(control));
    await model.fit(xs, ys, { epochs: 1, verbose: 0 });
  });
});
