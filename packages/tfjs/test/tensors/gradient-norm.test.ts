import { attributes, trainingMetrics as metric } from '@modelmeter/core';
import type { Optimizer, Scalar, Tensor } from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { gradientNorm } from '../../src/probes/gradient-norm.ts';
import { describeEachBackend, type TensorFlow } from '../backends.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { BATCH_SIZE, SAMPLES, smallData, smallModel } from '../small-model.ts';

const optimizers: Record<string, (tf: TensorFlow) => Optimizer> = {
  SGD: (tf) => tf.train.sgd(1e-9),
  Momentum: (tf) => tf.train.momentum(1e-9, 0.9),
  Adagrad: (tf) => tf.train.adagrad(1e-9),
  Adadelta: (tf) => tf.train.adadelta(1e-9),
  Adam: (tf) => tf.train.adam(1e-9),
  Adamax: (tf) => tf.train.adamax(1e-9),
  RMSProp: (tf) => tf.train.rmsprop(1e-9),
};

describeEachBackend((tf) => {
  test.each(Object.keys(optimizers))(
    'with %s the norm is that of the gradients that tf.variableGrads gives for the batch',
    async (name) => {
      const { registry, collect } = testRegistry();
      const { xs, ys } = smallData(tf);
      const optimizer = optimizers[name]?.(tf) as Optimizer;
      const model = smallModel(tf, { optimizer });
      const expected = tf.tidy(() => {
        const loss = () => tf.metrics.categoricalCrossentropy(ys, model.apply(xs, { training: true }) as Tensor).mean<Scalar>();
        const { grads } = tf.variableGrads(loss);
        const squares = Object.values(grads).map((gradient) => gradient.square().sum().dataSync()[0] as number);
        return Math.sqrt(squares.reduce((sum, square) => sum + square));
      });
      const callbacks = fitMetrics(tf, { registry, probes: [gradientNorm({ everySteps: 1 })] });
      await model.fit(xs, ys, { epochs: 1, batchSize: SAMPLES, shuffle: false, verbose: 0, callbacks });
      const told = (await collect()).value(metric.trainingGradientNorm) as number;
      expect(expected).toBeGreaterThan(0);
      expect(Math.abs(told / expected - 1)).toBeLessThan(1e-4);
      optimizer.dispose();
      model.dispose();
    },
  );

  test.each([1, 2, 3, 100])('every %i steps it is taken, from the first step on', async (everySteps) => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const norms: (number | undefined)[] = [];
    const looking = new tf.CustomCallback(
      { onBatchEnd: async () => void norms.push((await collect()).value(metric.trainingGradientNorm)) },
      'never',
    );
    const callbacks = [fitMetrics(tf, { registry, probes: [gradientNorm({ everySteps })] }), looking];
    await smallModel(tf).fit(xs, ys, { epochs: 2, batchSize: BATCH_SIZE, verbose: 0, callbacks });
    expect(norms).toHaveLength(10);
    const takenAt = norms.flatMap((norm, step) => (norm === norms[step - 1] ? [] : [step]));
    expect(takenAt).toEqual(Array.from({ length: Math.ceil(10 / everySteps) }, (_, i) => i * everySteps));
  });

  test('a gradient that is not finite is counted and not shown', async () => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    let steps = 0;
    const loss = (yTrue: Tensor, yPred: Tensor) => tf.metrics.meanSquaredError(yTrue, yPred).mul(++steps === 1 ? 1 : NaN);
    const seen: (number | undefined)[] = [];
    const looking = new tf.CustomCallback(
      { onBatchEnd: async () => void seen.push((await collect()).value(metric.trainingGradientNorm)) },
      'never',
    );
    const callbacks = [fitMetrics(tf, { registry, probes: [gradientNorm({ everySteps: 1 })] }), looking];
    await smallModel(tf, { loss }).fit(xs, ys, { epochs: 1, batchSize: BATCH_SIZE, verbose: 0, callbacks });
    expect(seen[0]).toBeGreaterThan(0);
    expect(new Set(seen).size).toBe(1);
    expect((await collect()).value(metric.trainingNonFinite, { [attributes.metricName.key]: 'gradient' })).toBe(4);
  });
});
