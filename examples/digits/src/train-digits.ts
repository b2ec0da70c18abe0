import { fitMetrics } from '@modelmeter/tfjs';
import type { LayersModel } from '@tensorflow/tfjs';
import type { Backend } from './load-backend.ts';
import { CLASSES, IMAGE_SIZE, loadDigits } from './load-digits.ts';
import { progressBar } from './progress-bar.ts';

const BATCH_SIZE = 128;
const VALIDATION_SPLIT = 0.1;

export interface TrainDigitsOptions {
  readonly tf: Backend['tf'];
  readonly workload: Backend['workload'];
  /** Where lines of text go. */
  readonly print: (line: string) => void;
}

/** Trains a perceptron on MNIST, with its metrics. */
export async function trainDigits({ tf, workload, print }: TrainDigitsOptions): Promise<LayersModel> {
  const digits = await loadDigits('training', workload.trainingImages);
  const xs = tf.tensor2d(digits.images, [digits.count, IMAGE_SIZE]);
  const ys = tf.tidy(() => tf.oneHot(tf.tensor1d(digits.labels, 'int32'), CLASSES).toFloat());
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 128, activation: 'relu', inputShape: [IMAGE_SIZE] }),
      tf.layers.dense({ units: CLASSES, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });

  const { epochs } = workload;
  print(`Training on ${digits.count} handwritten digits (MNIST), ${epochs} epochs:`);
  const steps = Math.ceil((digits.count * (1 - VALIDATION_SPLIT)) / BATCH_SIZE);
  await model.fit(xs, ys, {
    epochs,
    batchSize: BATCH_SIZE,
    validationSplit: VALIDATION_SPLIT,
    verbose: 0,
    callbacks: [fitMetrics(tf, { model: 'digits' }), progressBar(tf, epochs, steps)],
  });
  tf.dispose([xs, ys]);
  return model;
}
