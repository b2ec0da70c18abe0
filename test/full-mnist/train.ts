// Trains on all digits of MNIST with tfjs-node, measured if told so, and prints what came out. Its own process, so that neither
// training finds seeds, threads or caches of the other.
import { createHash } from 'node:crypto';
import { Registry } from '@modelmeter/core';
import { fitMetrics } from '@modelmeter/tfjs';
import type { Tensor2D } from '@tensorflow/tfjs';
import { loadBackend } from '../../examples/digits/src/load-backend.ts';
import { CLASSES, IMAGE_SIZE, loadDigits } from '../../examples/digits/src/load-digits.ts';

export interface Outcome {
  readonly history: Readonly<Record<string, readonly number[]>>;
  /** SHA-256 of all weights, bit for bit. */
  readonly weights: string;
  /** Of `fit`, by a clock outside of it. */
  readonly seconds: number;
  /** All that the registry tells afterwards. */
  readonly points: readonly { readonly metric: string; readonly attributes: object; readonly value: unknown }[];
}

const { tf } = await loadBackend();
if (tf.getBackend() !== 'tensorflow') throw new Error('tfjs-node is not there: export MODELMETER_TFJS_NODE="$(.ci/build-tfjs-node)"');

const TRAINING = 50_000;
const VALIDATION = 10_000;
const digits = await loadDigits('training', TRAINING + VALIDATION);
const images = tf.tensor2d(digits.images, [digits.count, IMAGE_SIZE]);
const labels = tf.oneHot(tf.tensor1d(digits.labels, 'int32'), CLASSES).toFloat();
// Not by `validationSplit`: fit would copy all of them before a run begins, which no callback sees.
const [xs, validationXs] = tf.split(images, [TRAINING, VALIDATION]) as [Tensor2D, Tensor2D];
const [ys, validationYs] = tf.split(labels, [TRAINING, VALIDATION]) as [Tensor2D, Tensor2D];
const model = tf.sequential({
  layers: [
    tf.layers.dense({ units: 128, activation: 'relu', inputShape: [IMAGE_SIZE], kernelInitializer: seeded(1) }),
    tf.layers.dense({ units: CLASSES, activation: 'softmax', kernelInitializer: seeded(2) }),
  ],
});
model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });

const registry = new Registry();
const callbacks = process.argv.includes('--measured') ? { callbacks: fitMetrics(tf, { registry }) } : {};
const startedAt = performance.now();
const { history } = await model.fit(xs, ys, {
  epochs: 4,
  batchSize: 128,
  validationData: [validationXs, validationYs],
  shuffle: false,
  verbose: 0,
  ...callbacks,
});
const seconds = (performance.now() - startedAt) / 1000;

const hash = createHash('sha256');
for (const tensor of model.getWeights()) hash.update(new Uint8Array((await tensor.data()).buffer));
const { resourceMetrics } = await registry.producer().collect();
const points: Outcome['points'][number][] = [];
for (const { metrics } of resourceMetrics.scopeMetrics) {
  for (const { descriptor, dataPoints } of metrics) {
    for (const { attributes, value } of dataPoints) points.push({ metric: descriptor.name, attributes, value });
  }
}
const outcome = { history, weights: hash.digest('hex'), seconds, points } satisfies Record<keyof Outcome, unknown>;
process.stdout.write(JSON.stringify(outcome));

function seeded(seed: number) {
  return tf.initializers.glorotUniform({ seed });
}
