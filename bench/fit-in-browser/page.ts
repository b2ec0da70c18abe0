// It registers itself.
// oxlint-disable-next-line import/no-unassigned-import
import '@tensorflow/tfjs-backend-webgpu';
import { Registry } from '@modelmeter/core';
import { fitMetrics } from '@modelmeter/tfjs';
import * as tf from '@tensorflow/tfjs';
import { watchDeviceReads } from '../../test/browser/pages/device-reads.ts';
import { CALLBACKS, type FitVariant, fitVariants } from '../fit/fit-variants.ts';
import type { StepTimes } from '../fit/step-times.ts';
import { makeFit, type Workload } from '../fit/workload.ts';
import { type Contender, interleave } from '../measure/interleave.ts';

// The page that fits; its functions are called from outside.

/** When metrics are collected, once in each of our fits. */
const COLLECT_AFTER_MILLISECONDS = 50;

export interface FitsRequest {
  readonly backend: 'webgl' | 'webgpu';
  readonly rounds: number;
  readonly workload: Workload;
}

export interface FitsReport {
  readonly times: StepTimes;
  /** How often the device was asked for values from the beginning of a fit to the end of its last step, by contender. */
  readonly readsInSteps: Readonly<Record<string, number>>;
}

async function compareFits({ backend, rounds, workload }: FitsRequest): Promise<FitsReport> {
  await tf.setBackend(backend);
  await tf.ready();
  if (tf.getBackend() !== backend) throw new Error(`${backend} does not work in this browser`);
  const { none, noneNever, ours, plain } = fitVariants(tf);
  const contenders = [none, noneNever, ours, plain].map((variant) => fitting(variant, workload));
  const times = await interleave(contenders, { rounds, times: workload.steps });
  const readsInSteps = {
    [CALLBACKS.none]: await readsWith(workload),
    [CALLBACKS.ours]: await readsWith(workload, fitMetrics(tf, { registry: new Registry() })),
    [CALLBACKS.plain]: await readsWith(workload, new tf.CustomCallback({ onBatchEnd: () => {} })),
  };
  return { times: [...times], readsInSteps };
}

/** Fits once each time, on a model of its own. */
function fitting({ name, args, collect }: FitVariant, workload: Workload): Contender {
  const fit = makeFit(tf, workload);
  const run = async () => {
    const collection = collect && setTimeout(() => void collect(), COLLECT_AFTER_MILLISECONDS);
    await fit(args());
    clearTimeout(collection);
  };
  return { name, run, ...(collect ? { readBack: collect } : {}) };
}

async function readsWith(workload: Workload, ...callbacks: object[]): Promise<number> {
  const fit = makeFit(tf, workload);
  const { reads, stop } = watchDeviceReads();
  let inSteps = 0;
  class EndOfSteps extends tf.Callback {
    override async onEpochEnd(): Promise<void> {
      inSteps = reads.asked + reads.askedToBlock;
    }
  }
  // tfjs calls them in this order.
  await fit({ callbacks: [new EndOfSteps(), ...callbacks] as tf.Callback[] });
  stop();
  return inSteps;
}

Object.assign(globalThis, { compareFits });
