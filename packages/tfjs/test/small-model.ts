import type { data, ModelCompileArgs, Tensor2D } from '@tensorflow/tfjs';
import type { TensorFlow } from './backends.ts';

export const SAMPLES = 40;
export const BATCH_SIZE = 8;
/** With `validationSplit: 0.2`, 32 samples are for training. */
export const STEPS_PER_EPOCH = 4;

/** A classifier of three classes, with the same weights every time. */
export function smallModel(
  tf: TensorFlow,
  { loss = 'categoricalCrossentropy', optimizer = 'adam' }: Partial<Pick<ModelCompileArgs, 'loss' | 'optimizer'>> = {},
) {
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

export function smallData(tf: TensorFlow) {
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
  return { xs, ys: ys as Tensor2D };
}

/** The same data in batches; `onNext` is called before each is made, and waited for. */
export function smallDataset(tf: TensorFlow, onNext: () => void | Promise<void> = () => {}) {
  const { xs, ys } = smallData(tf);
  let at = 0;
  const batches = {
    next: async () => {
      await onNext();
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
  } as unknown as data.Dataset<{ xs: Tensor2D; ys: Tensor2D }>;
}
