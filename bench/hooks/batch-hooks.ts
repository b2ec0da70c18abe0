import * as tf from '@tensorflow/tfjs';
import type { Contender } from '../measure/interleave.ts';

const SAMPLES = 32;
const METRICS = ['loss', 'acc'];

export interface BatchHooksOptions {
  readonly name: string;
  readonly callbacks: readonly unknown[];
  readonly readBack?: () => Promise<number>;
}

/**
 * What tfjs calls for a batch, as `fit` builds and calls it (tfjs-layers 4.22, base_callbacks.ts:579-609 and training.ts:1687-1766), without the
 * work between: a list of callbacks that ends with History, and the optimizer, which is given no gradients to apply.
 */
export async function batchHooks({ name, callbacks, readBack }: BatchHooksOptions): Promise<Contender> {
  const input = tf.input({ shape: [4] });
  const model = tf.model({ inputs: input, outputs: tf.layers.dense({ units: 3 }).apply(input) as tf.SymbolicTensor });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError', metrics: ['accuracy'] });
  const history = new tf.History();
  const list = new tf.CallbackList([...(callbacks as tf.Callback[]), history]);
  list.setParams({ epochs: 1, initialEpoch: 0, samples: 1e12, batchSize: SAMPLES, verbose: 0, doValidation: false, metrics: METRICS });
  Object.assign(model, { isTraining: true, history });
  list.setModel(model);
  await list.onTrainBegin();
  await list.onEpochBegin(0);

  const loss = tf.scalar(0.5);
  const acc = tf.scalar(0.9);
  const run = async (times: number) => {
    for (let batch = 0; batch < times; batch++) {
      const logs: Record<string, number | tf.Scalar> = {};
      await list.onBatchBegin(batch, logs);
      logs['batch'] = batch;
      logs['size'] = SAMPLES;
      model.optimizer.applyGradients([]);
      logs['loss'] = loss;
      logs['acc'] = acc;
      await list.onBatchEnd(batch, logs);
    }
  };
  return { name, run, ...(readBack ? { readBack } : {}) };
}
