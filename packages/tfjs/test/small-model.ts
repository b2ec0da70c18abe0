import * as tf from '@tensorflow/tfjs';

export const SAMPLES = 40;
export const BATCH_SIZE = 8;
/** With `validationSplit: 0.2`, 32 samples are for training. */
export const STEPS_PER_EPOCH = 4;

/** A classifier of three classes, with the same weights every time. */
export function smallModel({
  loss = 'categoricalCrossentropy',
  optimizer = 'adam',
}: Partial<Pick<tf.ModelCompileArgs, 'loss' | 'optimizer'>> = {}) {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 7 });
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 6, activation: 'relu', inputShape: [4], kernelInitializer }),
      tf.layers.dense({ units: 3, activation: 'softmax', kernelInitializer: tf.initializers.glorotUniform({ seed: 8 }) }),
    ],
  });
  model.compile({ optimizer, loss, metrics: ['accuracy', 'mse'] });
  return model;
}

export function smallData() {
  const xs = tf.randomUniform([SAMPLES, 4], 0, 1, 'float32', 3);
  const ys = tf
    .oneHot(
      tf.tensor1d(
        Array.from({ length: SAMPLES }, (_, i) => i % 3),
        'int32',
      ),
      3,
    )
    .toFloat();
  return { xs, ys: ys as tf.Tensor2D };
}

/** The same data in batches; `onNext` is called before each is made. */
export function smallDataset(onNext: () => void = () => {}) {
  const { xs, ys } = smallData();
  let at = 0;
  const batches = {
    next: async () => {
      onNext();
      if (at >= SAMPLES) return { done: true as const, value: null };
      const value = { xs: xs.slice([at, 0], [BATCH_SIZE, 4]), ys: ys.slice([at, 0], [BATCH_SIZE, 3]) };
      at += BATCH_SIZE;
      return { done: false as const, value };
    },
  };
  return {
    size: SAMPLES / BATCH_SIZE,
    iterator: async () => {
      at = 0;
      return batches;
    },
  } as unknown as tf.data.Dataset<{ xs: tf.Tensor2D; ys: tf.Tensor2D }>;
}
