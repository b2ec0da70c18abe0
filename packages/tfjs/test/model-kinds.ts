import type { data, LayersModel, SymbolicTensor, Tensor } from '@tensorflow/tfjs';
import type { TensorFlow } from './backends.ts';
import { BATCH_SIZE, SAMPLES, smallData, smallModel } from './small-model.ts';

/** A compiled model that has not been trained, with data that it can be trained on. Its weights and data are the same every time. */
export interface ModelWithData {
  readonly model: LayersModel;
  readonly xs: Tensor | Tensor[];
  readonly ys: Tensor | Tensor[];
}

export const modelKinds = { sequential, functional, 'multi-output': (tf: TensorFlow) => multiOutput(tf, 2), recurrent };
export type ModelKind = keyof typeof modelKinds;

function sequential(tf: TensorFlow): ModelWithData {
  return { model: smallModel(tf), ...smallData(tf) };
}

/** Two inputs, one output. */
function functional(tf: TensorFlow): ModelWithData {
  const { xs, ys } = smallData(tf);
  const inputs = [tf.input({ shape: [4], name: 'left' }), tf.input({ shape: [4], name: 'right' })];
  const both = tf.layers.concatenate().apply(inputs);
  const outputs = tf.layers.dense({ units: 3, activation: 'softmax', ...seeded(tf) }).apply(both) as SymbolicTensor;
  const model = tf.model({ inputs, outputs });
  model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  return { model, xs: [xs, xs.square()], ys };
}

/** Outputs `out_0`, `out_1` … of one unit each; every other one has `metrics`. */
export function multiOutput(tf: TensorFlow, count: number, metrics: readonly string[] = ['mse', 'MAE']): ModelWithData {
  const { xs } = smallData(tf);
  const inputs = tf.input({ shape: [4] });
  const names = Array.from({ length: count }, (_, i) => `out_${i}`);
  const outputs = names.map((name) => tf.layers.dense({ units: 1, name, ...seeded(tf) }).apply(inputs) as SymbolicTensor);
  const model = tf.model({ inputs, outputs });
  const withMetrics = Object.fromEntries(names.filter((_, i) => i % 2 === 0).map((name) => [name, [...metrics]]));
  // tfjs takes several metrics for an output, but does not say so.
  const metricsOfOutputs = withMetrics as unknown as Record<string, string>;
  model.compile({ optimizer: 'sgd', loss: names.map(() => 'meanSquaredError'), metrics: metricsOfOutputs });
  return { model, xs, ys: names.map((_, i) => xs.slice([0, i], [SAMPLES, 1]).mul(i + 1)) };
}

function recurrent(tf: TensorFlow): ModelWithData {
  const { ys } = smallData(tf);
  const xs = tf.randomUniform([SAMPLES, 3, 2], 0, 1, 'float32', 5);
  const { kernelInitializer } = seeded(tf);
  const cell = { kernelInitializer, recurrentInitializer: kernelInitializer };
  const model = tf.sequential({
    layers: [
      tf.layers.lstm({ units: 4, returnSequences: true, inputShape: [3, 2], ...cell }),
      tf.layers.gru({ units: 3, ...cell }),
      tf.layers.dense({ units: 3, activation: 'softmax', kernelInitializer }),
    ],
  });
  model.compile({ optimizer: 'rmsprop', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  return { model, xs, ys };
}

const seeded = (tf: TensorFlow) => ({ kernelInitializer: tf.initializers.glorotUniform({ seed: 11 }) });

/** Data in batches, as `fitDataset` and its validation take them. */
export function datasetOf({ xs, ys }: Pick<ModelWithData, 'xs' | 'ys'>): data.Dataset<{ xs: Tensor[]; ys: Tensor[] }> {
  const batchOf = (all: Tensor | Tensor[], at: number) =>
    [all].flat().map((tensor) => tensor.slice([at, ...tensor.shape.slice(1).fill(0)], [BATCH_SIZE, ...tensor.shape.slice(1)]));
  const iterator = async () => {
    let at = 0;
    const next = async () => {
      if (at >= SAMPLES) return { done: true, value: null };
      const value = { xs: batchOf(xs, at), ys: batchOf(ys, at) };
      at += BATCH_SIZE;
      return { done: false, value };
    };
    return { next };
  };
  return { size: SAMPLES / BATCH_SIZE, iterator } as unknown as data.Dataset<{ xs: Tensor[]; ys: Tensor[] }>;
}
