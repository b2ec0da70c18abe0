import { setTimeout as sleep } from 'node:timers/promises';
import type { Registry } from '@modelmeter/core';
import { deviceTime, gradientNorm, improvement, parameterNorms, saveTime } from '@modelmeter/tfjs';
import * as tf from '@tensorflow/tfjs';
import { classifier, waitingDataset, xs, ys } from './classifier.ts';
import { PLANNED_EPOCHS, type RunFacts } from './facts.ts';
import { type Planned, run, slow } from './noted-run.ts';

const DIVERGES_IN_EPOCH = 2;
const FAILS_AT_STEP = 6;

/** Trains models in every way that a run can end, several at a time; fills `runs`. Resolves when all have ended. */
export async function trainModels(registry: Registry, runs: RunFacts[]): Promise<void> {
  const training = { batchSize: 8, validationSplit: 0.2, shuffle: false, verbose: 0 } as const;
  const digits = classifier('digits', tf.train.adam(0.01));
  const stopped = classifier('digits', tf.train.sgd(0));
  const fromDataset = classifier('digits', tf.train.rmsprop(0.01));
  const sgd = tf.train.sgd(0.1);
  const diverging = classifier('diverging', sgd);
  const save = tf.io.withSaveHandler(async () => {
    await sleep(20);
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
  });
  const failing = (runId: string, result: 'failure' | 'cancelled', error: Error): Planned => {
    const model = classifier('failing', tf.train.sgd(0.1));
    let steps = 0;
    const throwing = slow(400, {
      onBatchBegin: () => {
        if (++steps === FAILS_AT_STEP) throw error;
      },
    });
    return {
      ...{ model: 'failing', runId, optimizer: 'SGD', batchSize: 8, result, error: error.name },
      fit: (callbacks) => model.fit(xs, ys, { ...training, epochs: 5, callbacks: [...callbacks, throwing] }),
    };
  };
  const planned: Planned[] = [
    {
      ...{ model: 'digits', runId: 'digits-good', optimizer: 'Adam', batchSize: 8, result: 'success' },
      options: { probes: [improvement(), parameterNorms({ layers: true }), gradientNorm({ everySteps: 2 }), deviceTime(), saveTime()] },
      fit: (callbacks) => {
        const saving = slow(80, { onEpochEnd: async () => void (await digits.save(save)) });
        return digits.fit(xs, ys, { ...training, epochs: 12, callbacks: [...callbacks, saving] });
      },
    },
    {
      ...{ model: 'digits', runId: 'digits-stopped', optimizer: 'SGD', batchSize: 16, result: 'early_stopped' },
      fit: (callbacks) => {
        const stopping = tf.callbacks.earlyStopping({ monitor: 'val_loss', patience: 3 });
        return stopped.fit(xs, ys, { ...training, batchSize: 16, epochs: 50, callbacks: [...callbacks, stopping, slow(100)] });
      },
    },
    {
      ...{ model: 'digits', runId: 'digits-dataset', optimizer: 'RMSProp', result: 'success' },
      fit: (callbacks) =>
        fromDataset.fitDataset(waitingDataset(), { epochs: 6, validationData: [xs, ys], verbose: 0, callbacks: [...callbacks, slow(20)] }),
    },
    {
      ...{ model: 'diverging', runId: 'diverging', optimizer: 'SGD', batchSize: 8, result: 'non_finite' },
      options: { onNonFinite: 'stop' },
      fit: (callbacks) => {
        const raising = slow(120, { onEpochBegin: async (epoch) => void (epoch === DIVERGES_IN_EPOCH && sgd.setLearningRate(1e30)) });
        return diverging.fit(xs, ys, { ...training, epochs: 50, callbacks: [...callbacks, raising] });
      },
    },
    failing('failing', 'failure', new RangeError('on purpose')),
    failing('cancelled', 'cancelled', new DOMException('on purpose', 'AbortError')),
  ];
  await Promise.all(planned.map((one) => run(registry, runs, one)));
}

/** A run that goes on for longer than anybody looks. */
export function trainOn(registry: Registry, runs: RunFacts[]): void {
  const model = classifier('recommender', tf.train.adam(0.001));
  const training = { batchSize: 20, epochs: PLANNED_EPOCHS, validationSplit: 0.25, shuffle: false, verbose: 0 } as const;
  void run(registry, runs, {
    ...{ model: 'recommender', runId: 'recommender', optimizer: 'Adam', batchSize: training.batchSize, result: 'success' },
    options: { probes: [improvement(), parameterNorms(), gradientNorm({ everySteps: 1 })] },
    fit: (callbacks) => model.fit(xs, ys, { ...training, callbacks: [...callbacks, slow(400)] }),
  });
}
