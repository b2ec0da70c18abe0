import { setTimeout as sleep } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs';

const ROWS = 80;
const FEATURES = 4;
const CLASSES = 3;

export const xs = tf.randomUniform([ROWS, FEATURES], -1, 1, 'float32', 1);
export const ys = tf
  .oneHot(
    tf.tensor1d(
      Array.from({ length: ROWS }, (_, i) => i % CLASSES),
      'int32',
    ),
    CLASSES,
  )
  .toFloat();

/** A small model; one of the same name begins with the same weights. */
export function classifier(name: string, optimizer: tf.Optimizer): tf.Sequential {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
  const model = tf.sequential({
    name,
    layers: [
      tf.layers.dense({ name: 'hidden', units: 8, activation: 'relu', inputShape: [FEATURES], kernelInitializer }),
      tf.layers.dense({ name: 'scores', units: CLASSES, activation: 'softmax', kernelInitializer }),
    ],
  });
  model.compile({ optimizer, loss: 'categoricalCrossentropy', metrics: ['accuracy', 'mae'] });
  return model;
}

/** Batches that have to be waited for. */
export function waitingDataset(): tf.data.Dataset<tf.TensorContainer> {
  async function* batches() {
    for (let i = 0; i + 16 <= ROWS; i += 16) {
      await sleep(100);
      yield { xs: xs.slice([i, 0], [16, FEATURES]), ys: ys.slice([i, 0], [16, CLASSES]) };
    }
  }
  return tf.data.generator(batches as never);
}
