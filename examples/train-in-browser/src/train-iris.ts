import { fitMetrics } from '@modelmeter/tfjs';
import * as tf from '@tensorflow/tfjs';
import { CLASSES, FEATURES, loadIris } from './load-iris.ts';

export interface Progress {
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
}

export interface TrainIrisOptions {
  readonly epochs: number;
  readonly onEpoch: (progress: Progress) => void;
}

/** Trains a small network on iris, measured. */
export async function trainIris({ epochs, onEpoch }: TrainIrisOptions): Promise<tf.History> {
  const { features, classes } = loadIris();
  const xs = tf.tensor2d(
    features.map((row) => [...row]),
    [features.length, FEATURES],
  );
  const ys = tf.tidy(() => tf.oneHot(tf.tensor1d([...classes], 'int32'), CLASSES).toFloat());
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 16, activation: 'relu', inputShape: [FEATURES] }),
      tf.layers.dense({ units: CLASSES, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  const showing = new tf.CustomCallback(
    {
      onEpochEnd: async (epoch, logs = {}) => onEpoch({ epoch: epoch + 1, loss: logs['loss'] ?? NaN, accuracy: logs['acc'] ?? NaN }),
    },
    'never',
  );
  const history = await model.fit(xs, ys, {
    epochs,
    batchSize: 16,
    validationSplit: 0.2,
    verbose: 0,
    callbacks: [fitMetrics(tf, { model: 'iris' }), showing],
  });
  tf.dispose([xs, ys]);
  model.dispose();
  return history;
}
