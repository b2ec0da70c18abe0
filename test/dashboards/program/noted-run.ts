import { setTimeout as sleep } from 'node:timers/promises';
import type { Registry } from '@modelmeter/core';
import { fitMetrics, type FitMetricsOptions, trackFit } from '@modelmeter/tfjs';
import * as tf from '@tensorflow/tfjs';
import type { RunFacts } from './facts.ts';

/** A callback that takes its time after each step, so that runs last while the machine has little to do. */
export function slow(milliseconds: number, more: tf.CustomCallbackArgs = {}): tf.CustomCallback {
  return new tf.CustomCallback({ onBatchEnd: () => sleep(milliseconds).then(() => undefined), ...more }, 'never');
}

/** A run that is to be. */
export interface Planned {
  readonly model: string;
  readonly runId: string;
  readonly optimizer: string;
  readonly batchSize?: number;
  /** What it is known to end as. */
  readonly result: NonNullable<RunFacts['result']>;
  readonly error?: string;
  readonly options?: FitMetricsOptions;
  /** Trains with these callbacks and others. */
  readonly fit: (callbacks: tf.CustomCallback[]) => Promise<tf.History>;
}

/** One run, to its end, of which everything is noted that tfjs says. */
export async function run(registry: Registry, runs: RunFacts[], planned: Planned): Promise<void> {
  const { model, runId, optimizer, batchSize, result, error, options, fit } = planned;
  const epochs: Record<string, number>[] = [];
  const facts: RunFacts = {
    ...{ model, runId, optimizer, batchSize, epochs, result: undefined, error: undefined },
    ...{ startedSeconds: Date.now() / 1000, endedSeconds: undefined, steps: 0, samples: 0, nonFinite: 0 },
  };
  runs.push(facts);
  const isNonFinite = (value: number | undefined) => value !== undefined && !Number.isFinite(value);
  const noting = new tf.CustomCallback(
    {
      onBatchEnd: async (_batch, logs) => {
        facts.steps++;
        facts.samples += logs?.['size'] ?? 0;
        if (isNonFinite(logs?.['loss'])) facts.nonFinite++;
      },
      onEpochEnd: async (_epoch, logs = {}) => {
        epochs.push({ ...logs });
        facts.nonFinite += Object.values(logs).filter(isNonFinite).length;
      },
    },
    'never',
  );
  const metrics = fitMetrics(tf, { registry, model, runId, ...options });
  await trackFit(metrics, () => fit([metrics as unknown as tf.CustomCallback, noting])).catch(() => {});
  Object.assign(facts, { result, error, endedSeconds: Date.now() / 1000 });
}
