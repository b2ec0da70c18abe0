// It registers itself.
// oxlint-disable-next-line import/no-unassigned-import
import '@tensorflow/tfjs-backend-webgpu';
import { Registry } from '@modelmeter/core';
import { deviceTime, type FitMetricsOptions, fitMetrics, gradientNorm, parameterNorms } from '@modelmeter/tfjs';
import * as tf from '@tensorflow/tfjs';
import { BATCH_SIZE, smallData, smallModel } from '../../../packages/tfjs/test/small-model.ts';
import { type DeviceReads, watchDeviceReads } from './device-reads.ts';

export interface FitRequest {
  readonly backend: string;
  readonly epochs: number;
  /** Options of `fitMetrics`; without them the fit is not measured. */
  readonly measured?: Omit<FitMetricsOptions, 'probes'>;
  /** At which steps the device is waited for; without it at none. */
  readonly waitEverySteps?: number;
  /** Whether the norms of weights and gradients are measured as well. */
  readonly withNorms?: boolean;
  /** What goes wrong: a callback of the user's throws in the second epoch, or the loss is not a number from the first step. */
  readonly fault?: 'throws' | 'diverges';
}

export interface FitReport {
  readonly backend: string;
  /** Empty where the fit has thrown. */
  readonly history: Readonly<Record<string, readonly number[]>>;
  readonly error: string | undefined;
  readonly weights: readonly (readonly number[])[];
  /** By a stopwatch around `fit`. */
  readonly seconds: number;
  /** What was read during epochs, from the end of an epoch to the beginning of the next, and altogether. */
  readonly reads: { readonly steps: DeviceReads; readonly epochEnds: DeviceReads; readonly all: DeviceReads };
  /** What it leaves behind, when it is over and when the device has nothing left to do. */
  readonly tensors: number;
  readonly tensorsLater: number;
  readonly gpuBytes: number | undefined;
  /** What the registry's producer exports afterwards. */
  readonly collected: unknown;
}

// Shuffled batches would make no two fits alike.
const FIT = { batchSize: BATCH_SIZE, validationSplit: 0.2, shuffle: false, verbose: 0 } as const;

/** Fits the small model of the package's own tests, with the same weights and data every time. */
async function fit({ backend, epochs, measured, waitEverySteps, withNorms, fault }: FitRequest): Promise<FitReport> {
  await tf.setBackend(backend);
  await tf.ready();
  const { xs, ys } = tf.tidy(() => smallData(tf));
  const model = smallModel(tf, fault === 'diverges' ? { loss: notANumber } : {});
  // The optimizer makes its slots, and the back end its shaders, in a first fit.
  await model.fit(xs, ys, { ...FIT, epochs: 1 });

  const registry = new Registry();
  const producer = registry.producer();
  const tensorsBefore = tf.memory().numTensors;
  const { reads, stop } = watchDeviceReads();
  const byPhase = new ReadsByPhase(reads);
  const probes = [
    ...(withNorms ? [parameterNorms(), gradientNorm({ everySteps: 4 })] : []),
    ...(waitEverySteps === undefined ? [] : [deviceTime({ everySteps: waitEverySteps })]),
  ];
  const callbacks = [
    byPhase,
    ...(measured ? [fitMetrics(tf, { ...measured, probes, registry })] : []),
    ...(fault === 'throws' ? [new Throwing()] : []),
  ];
  const beganAt = performance.now();
  let error: string | undefined;
  const fitted = await model.fit(xs, ys, { ...FIT, epochs, callbacks }).catch((reason: unknown) => void (error = String(reason)));
  const seconds = (performance.now() - beganAt) / 1000;
  stop();
  const { numTensors, numBytesInGPU } = tf.memory() as tf.MemoryInfo & { numBytesInGPU?: number };
  const collected = await producer.collect();
  const weights = await Promise.all(model.getWeights().map(async (weight) => [...(await weight.data())]));
  const tensorsLater = tf.memory().numTensors - tensorsBefore;
  model.dispose();
  tf.dispose([xs, ys]);
  return {
    backend: tf.getBackend(),
    history: (fitted?.history ?? {}) as Record<string, number[]>,
    error,
    weights,
    seconds,
    reads: { steps: byPhase.steps, epochEnds: byPhase.epochEnds, all: reads },
    tensors: numTensors - tensorsBefore,
    tensorsLater,
    gpuBytes: numBytesInGPU,
    collected,
  };
}

function notANumber(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  return tf.metrics.meanSquaredError(yTrue, yPred).mul(NaN);
}

class Throwing extends tf.Callback {
  #steps = 0;

  override async onBatchEnd(): Promise<void> {
    if (++this.#steps === 6) throw new Error('enough');
  }
}

/** Has to be the first callback, so that what others do in a hook is booked with what comes next. */
class ReadsByPhase extends tf.Callback {
  readonly steps = noReads();
  readonly epochEnds = noReads();
  readonly #reads: DeviceReads;
  #before = noReads();

  constructor(reads: DeviceReads) {
    super();
    this.#reads = reads;
  }

  override async onEpochBegin(): Promise<void> {
    this.#book(this.epochEnds);
  }

  override async onEpochEnd(): Promise<void> {
    this.#book(this.steps);
  }

  override async onTrainEnd(): Promise<void> {
    this.#book(this.epochEnds);
  }

  #book(phase: DeviceReads): void {
    for (const kind of ['asked', 'askedToBlock', 'transferred'] as const) phase[kind] += this.#reads[kind] - this.#before[kind];
    this.#before = { ...this.#reads };
  }
}

function noReads(): DeviceReads {
  return { asked: 0, askedToBlock: 0, transferred: 0 };
}

/** The same in a worker, which runs this very script. */
async function fitInWorker(request: FitRequest): Promise<FitReport> {
  const worker = new Worker('page.js', { type: 'module' });
  try {
    return await new Promise<FitReport>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<FitReport>) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(request);
    });
  } finally {
    worker.terminate();
  }
}

Object.assign(globalThis, { fit, fitInWorker });
if (typeof document === 'undefined') onmessage = async ({ data }: MessageEvent<FitRequest>) => postMessage(await fit(data));
