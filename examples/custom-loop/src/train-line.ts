import { startMetrics } from '@modelmeter/sdk';
import { trainingRun } from '@modelmeter/tfjs';
import * as tf from '@tensorflow/tfjs';

const EPOCHS = 20;
const STEPS_PER_EPOCH = 10;
const BATCH_SIZE = 32;
const LEARNING_RATE = 0.2;
const SHOWN = /^ml_training_(?:(?:loss|epoch|progress_ratio|learning_rate|steps_total|time_seconds_total)\{|runs_total.*success)/;

export interface TrainLineOptions {
  readonly port?: number | 'auto';
  /** Where lines of text go. */
  readonly print: (line: string) => void;
}

export interface TrainedLine {
  /** The text of the endpoint after training. */
  readonly page: string;
  /** Slope and offset that were found. */
  readonly line: readonly [number, number];
  shutdown(): Promise<void>;
}

/** Finds y = 3x + 1 in noise by a loop around `optimizer.minimize`, measured like a fit. */
export async function trainLine({ port = 'auto', print }: TrainLineOptions): Promise<TrainedLine> {
  const metrics = await startMetrics({ serviceName: 'custom-loop', port });
  const url = metrics.url ?? '';
  print(`Metrics:  ${url}`);
  const [slope, offset] = [tf.variable(tf.scalar(0)), tf.variable(tf.scalar(0))];
  const optimizer = tf.train.sgd(LEARNING_RATE);
  const loss = ({ xs, ys }: Batch) => xs.mul(slope).add(offset).squaredDifference(ys).mean<tf.Scalar>();
  const read = (scalar: tf.Tensor | null) => scalar?.dataSync()[0] ?? NaN;

  print(`Training for ${EPOCHS} epochs of ${STEPS_PER_EPOCH} steps:`);
  const plannedSteps = EPOCHS * STEPS_PER_EPOCH;
  const run = trainingRun({
    model: 'line',
    runId: 'example',
    tf,
    plannedSteps,
    batchSize: BATCH_SIZE,
    optimizer: optimizer.getClassName(),
  });
  run.learningRate(LEARNING_RATE);
  await run.track(async () => {
    for (let epoch = 0; epoch < EPOCHS; epoch++) {
      let lastLoss = NaN;
      for (let step = 0; step < STEPS_PER_EPOCH; step++) {
        const batch = await run.phase('data_wait', nextBatch);
        lastLoss = run.step(BATCH_SIZE, () => tf.tidy(() => read(optimizer.minimize(() => loss(batch), true))));
        run.batchLoss(lastLoss);
        tf.dispose([batch.xs, batch.ys]);
      }
      const validation = await nextBatch();
      run.endEpoch({ loss: lastLoss, val_loss: run.phase('validation', () => tf.tidy(() => read(loss(validation)))) });
      tf.dispose([validation.xs, validation.ys]);
    }
  });

  const line = [read(slope), read(offset)] as const;
  print(`Found y = ${line[0].toFixed(2)} x + ${line[1].toFixed(2)}. What ${url} says:`);
  const page = await (await fetch(url)).text();
  for (const text of page.split('\n')) if (SHOWN.test(text)) print(`  ${text}`);
  return { page, line, shutdown: () => metrics.shutdown() };
}

interface Batch {
  readonly xs: tf.Tensor;
  readonly ys: tf.Tensor;
}

async function nextBatch(): Promise<Batch> {
  return tf.tidy(() => {
    const xs = tf.randomUniform([BATCH_SIZE], -1, 1);
    return {
      xs,
      ys: xs
        .mul(3)
        .add(1)
        .add(tf.randomNormal([BATCH_SIZE], 0, 0.1)),
    };
  });
}
