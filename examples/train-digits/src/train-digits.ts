import { startMetrics } from '@modelmeter/sdk';
import { fitMetrics } from '@modelmeter/tfjs';
import type { Backend } from './load-backend.ts';
import { CLASSES, IMAGE_SIZE, loadDigits } from './load-digits.ts';
import { MetricsPage } from './metrics-page.ts';
import { progressBar } from './progress-bar.ts';
import { report } from './report.ts';

const DEFAULT_PORT = '9464';
const BATCH_SIZE = 128;
const VALIDATION_SPLIT = 0.1;

export interface TrainDigitsOptions extends Backend {
  readonly port?: number | 'auto';
  /** Where lines of text go. */
  readonly print: (line: string) => void;
}

export interface TrainedDigits {
  readonly url: string;
  readonly page: MetricsPage;
  shutdown(): Promise<void>;
}

/** Trains a perceptron on MNIST, serves its metrics meanwhile and prints what its own endpoint says in the end. */
export async function trainDigits({ tf, description, workload, port = 'auto', print }: TrainDigitsOptions): Promise<TrainedDigits> {
  print(`Back end: ${description}.`);
  const metrics = await startMetrics({ serviceName: 'train-digits', port });
  const url = metrics.url ?? '';
  print(`Metrics:  ${url}${port === 'auto' && new URL(url).port !== DEFAULT_PORT ? ` (port ${DEFAULT_PORT} is taken)` : ''}`);

  const digits = await loadDigits(workload.trainingImages);
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
  model.dispose();

  const page = new MetricsPage(await (await fetch(url)).text());
  print(`What ${url} says:\n${report(page)}`);
  return { url, page, shutdown: () => metrics.shutdown() };
}
