import type { Thresholds } from './thresholds.ts';

/** What is known of a threshold beside its name. */
export interface Threshold {
  readonly value: number;
  /** What a program's help says of it. */
  readonly description: string;
  readonly range: Range;
}

/** Which values a threshold may have, and how an error says it. */
interface Range {
  readonly expected: string;
  includes(value: number): boolean;
}

const ratio: Range = { expected: 'a number above 0 and below 1', includes: (value) => value > 0 && value < 1 };
const orZero: Range = { expected: 'a number from 0 to below 1', includes: (value) => value >= 0 && value < 1 };
const positive: Range = { expected: 'a number above 0', includes: (value) => value > 0 && value < Infinity };
const integer: Range = { expected: 'an integer from 1', includes: (value) => Number.isSafeInteger(value) && value >= 1 };

function from(least: number): Range {
  return { expected: `a number from ${least}`, includes: (value) => value >= least && value < Infinity };
}

function above(least: number): Range {
  return { expected: `a number above ${least}`, includes: (value) => value > least && value < Infinity };
}

export const thresholdTable: Readonly<Record<keyof Thresholds, Threshold>> = {
  stalledSteps: { value: 10, range: from(1), description: 'a run stalls when a step takes so many times as long as its mean step' },
  stalledValidations: { value: 3, range: from(0), description: '… and beyond that so many times as long as its mean validation' },
  stalledSeconds: { value: 300, range: integer, description: '… and at least so many seconds' },
  lastSeenHours: { value: 24, range: integer, description: 'hours for which what no longer reports is missed' },
  plateauEpochs: { value: 10, range: integer, description: 'epochs without improvement that are a plateau' },
  divergingRatio: { value: 0.2, range: positive, description: 'how far the validation loss may be above its minimum, as a share of that' },
  dataWaitRatio: { value: 0.3, range: ratio, description: "share of a run's time that may go into waiting for data" },
  slowStepFactor: {
    value: 2,
    range: above(1),
    description: 'steps are slow when they take so many times as long as those of the last day',
  },
  slowStepCount: {
    value: 20,
    range: integer,
    description: 'steps within 15 minutes that it takes to tell; ten times as many within a day',
  },
  leakGrowthRatio: { value: 0.2, range: positive, description: 'share by which tensors may grow if they do in three windows in a row' },
  leakWindowMinutes: { value: 5, range: integer, description: 'minutes of such a window' },
  errorBudget: { value: 0.01, range: ratio, description: 'share of requests that may fail where a model has no objective' },
  minimumRequests: { value: 100, range: from(0), description: 'requests within the longer window that it takes to speak of a budget' },
  inferenceStalledMinutes: {
    value: 5,
    range: integer,
    description: 'minutes without an answer after which requests in flight are stalled',
  },
  eventLoopDelaySeconds: { value: 0.5, range: positive, description: 'seconds that the event loop may be late, as the 99th percentile' },
  gpuMemoryRatio: { value: 0.9, range: ratio, description: "share of a GPU's memory that may be used" },
  gpuIdleRatio: {
    value: 0,
    range: orZero,
    description: 'share of its time that a GPU is to be busy while the host trains; 0: no such rule',
  },
  diskFullHours: { value: 24, range: integer, description: 'hours within which a file system must not run full' },
  diskFreeRatio: { value: 0.4, range: ratio, description: 'share of a file system that must be free for its growth to be left alone' },
};
