import { trainingMetrics as metric } from '@modelmeter/core';
import { expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { appliedLearningRate } from '../../src/tensors/learning-rate.ts';
import { describeEachBackend } from '../backends.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { smallData, smallModel } from '../small-model.ts';

test('no tensor is read where that would wait for a device', () => {
  const read = () => {
    throw new Error('waited');
  };
  const c = { isDisposed: false, dataSync: read, data: read, clone: read, dispose: read };
  expect(appliedLearningRate({ learningRate: 0.1, c }, false)).toBe(0.1);
});

test('an optimizer that does not tell has no learning rate', () => {
  expect(appliedLearningRate({}, true)).toBeUndefined();
  expect(appliedLearningRate(undefined, true)).toBeUndefined();
});

describeEachBackend((tf) => {
  const optimizers = {
    SGD: () => tf.train.sgd(0.1),
    Momentum: () => tf.train.momentum(0.1, 0.9),
    Adagrad: () => tf.train.adagrad(0.1),
    Adadelta: () => tf.train.adadelta(0.1),
    Adam: () => tf.train.adam(0.1),
    Adamax: () => tf.train.adamax(0.1),
    RMSProp: () => tf.train.rmsprop(0.1),
  };

  test.each(Object.entries(optimizers))('%s tells its learning rate as it was written', (_name, make) => {
    expect(appliedLearningRate(make() as object, true)).toBe(0.1);
  });

  test('what SGD applies is told, not what was assigned to a field that it does not read', () => {
    const sgd = tf.train.sgd(0.1) as unknown as { learningRate: number; setLearningRate(rate: number): void };
    sgd.learningRate = 0.5;
    expect(appliedLearningRate(sgd, true)).toBe(-Math.fround(-0.1));
    sgd.setLearningRate(0.5);
    expect(appliedLearningRate(sgd, true)).toBe(0.5);
  });

  test('a schedule shows in the metric', async () => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const adam = tf.train.adam(0.1);
    const schedule = new tf.CustomCallback(
      {
        onEpochBegin: async (epoch) => {
          (adam as unknown as { learningRate: number }).learningRate = 0.1 / (epoch + 1);
        },
      },
      'never',
    );
    await smallModel(tf, { optimizer: adam }).fit(xs, ys, { epochs: 2, verbose: 0, callbacks: [schedule, fitMetrics(tf, { registry })] });
    expect((await collect()).value(metric.trainingLearningRate)).toBe(0.05);
  });
});
