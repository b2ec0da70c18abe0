import type { TensorFlow } from './backends.ts';

export type FitArgs = Pick<
  NonNullable<Parameters<InstanceType<TensorFlow['Sequential']>['fit']>[2]>,
  'callbacks' | 'epochs' | 'yieldEvery'
>;

/** Fits, for one epoch unless it is told otherwise. */
export type Fit = (args: FitArgs) => Promise<unknown>;

export interface Workload {
  readonly inputs: number;
  readonly units: number;
  /** Of an epoch. */
  readonly steps: number;
}

const BATCH_SIZE = 32;
const CLASSES = 10;

/** A classifier with its data: all begin with the same weights and see the same samples in the same order, so all compute the same. */
export function makeFit(tf: TensorFlow, { inputs, units, steps }: Workload): Fit {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 7 });
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units, activation: 'relu', inputShape: [inputs], kernelInitializer }),
      tf.layers.dense({ units: CLASSES, activation: 'softmax', kernelInitializer }),
    ],
  });
  model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  const samples = steps * BATCH_SIZE;
  const xs = tf.randomUniform([samples, inputs], 0, 1, 'float32', 3);
  const labels = tf.tidy(() => tf.oneHot(tf.randomUniform([samples], 0, CLASSES, 'int32', 5), CLASSES).toFloat());
  return (args) => model.fit(xs, labels, { epochs: 1, batchSize: BATCH_SIZE, shuffle: false, verbose: 0, ...args });
}
