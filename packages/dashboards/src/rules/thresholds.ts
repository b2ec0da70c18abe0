import { check } from '@modelmeter/core';
import { type Threshold, thresholdTable } from './threshold-table.ts';

/** From where on the rules speak up. Ratios are between 0 and 1. */
export interface Thresholds {
  /**
   * A run stalls when its next step takes so many times as long as its steps do on average, from 1.
   * @default 10
   */
  readonly stalledSteps: number;
  /**
   * … and beyond that so many times as long as its validations do on average, from 0: it may be validating.
   * @default 3
   */
  readonly stalledValidations: number;
  /**
   * … and at least so many seconds, an integer from 1.
   * @default 300
   */
  readonly stalledSeconds: number;
  /**
   * For how many hours what no longer reports is missed, an integer from 1. Its alert ends then.
   * @default 24
   */
  readonly lastSeenHours: number;
  /**
   * Epochs without improvement that are a plateau, an integer from 1.
   * @default 10
   */
  readonly plateauEpochs: number;
  /**
   * How far the validation loss may be above its minimum, as a share of that, above 0.
   * @default 0.2
   */
  readonly divergingRatio: number;
  /**
   * Share of a run's time that may go into waiting for data.
   * @default 0.3
   */
  readonly dataWaitRatio: number;
  /**
   * Steps are slow when they take so many times as long as those of the last day, above 1.
   * @default 2
   */
  readonly slowStepFactor: number;
  /**
   * Steps of the last 15 minutes that it takes to tell, an integer from 1; of the last day ten times as many.
   * @default 20
   */
  readonly slowStepCount: number;
  /**
   * By what share the tensors may grow within three windows if they grow from each to the next, above 0.
   * @default 0.2
   */
  readonly leakGrowthRatio: number;
  /**
   * Minutes of such a window, an integer from 1. A slow leak needs a long one.
   * @default 5
   */
  readonly leakWindowMinutes: number;
  /**
   * Share of requests that may fail, above 0, where a model has no objective; else that is one less the target of its objective.
   * @default 0.01
   */
  readonly errorBudget: number;
  /**
   * Requests within the longer window that it takes to speak of a budget, from 0.
   * @default 100
   */
  readonly minimumRequests: number;
  /**
   * Minutes without an answer, an integer from 1, after which requests in flight are stalled.
   * @default 5
   */
  readonly inferenceStalledMinutes: number;
  /**
   * Seconds that the event loop may be late, as the 99th percentile, above 0.
   * @default 0.5
   */
  readonly eventLoopDelaySeconds: number;
  /**
   * Share of a GPU's memory that may be used.
   * @default 0.9
   */
  readonly gpuMemoryRatio: number;
  /**
   * Share of its time that a GPU is to be busy while the host trains; 0: there is no such rule, because not everybody trains on a GPU.
   * @default 0
   */
  readonly gpuIdleRatio: number;
  /**
   * Hours within which a file system must not run full, an integer from 1.
   * @default 24
   */
  readonly diskFullHours: number;
  /**
   * Share of a file system that must be free for its growth to be nobody's business.
   * @default 0.4
   */
  readonly diskFreeRatio: number;
}

export const defaultThresholds: Thresholds = mapThresholds(({ value }) => value);

/** A line about each threshold, without its default. */
export const thresholdDescriptions: Readonly<Record<keyof Thresholds, string>> = mapThresholds(({ description }) => description);

/**
 * The given thresholds, and the defaults of the others.
 * @throws TypeError or RangeError that names the threshold and its value.
 */
export function readThresholds(given: Partial<Thresholds>): Thresholds {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(thresholdTable, name)) throw new TypeError(`there is no threshold "${name}"`);
  }
  return mapThresholds(({ value: byDefault, range }, name) => {
    const value = given[name] ?? byDefault;
    check(typeof value === 'number' && range.includes(value), name, value, range.expected);
    return value;
  });
}

function mapThresholds<T>(map: (threshold: Threshold, name: keyof Thresholds) => T): Record<keyof Thresholds, T> {
  const entries = Object.entries(thresholdTable) as [keyof Thresholds, Threshold][];
  return Object.fromEntries(entries.map(([name, threshold]) => [name, map(threshold, name)])) as Record<keyof Thresholds, T>;
}
