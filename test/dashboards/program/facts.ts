/** How a training run went, by what TensorFlow.js itself said of it. */
export interface RunFacts {
  readonly model: string;
  readonly runId: string;
  readonly optimizer: string;
  /** Undefined where the dataset decides. */
  readonly batchSize: number | undefined;
  /** What it ends as; undefined while it runs. */
  result: 'success' | 'early_stopped' | 'non_finite' | 'cancelled' | 'failure' | undefined;
  /** Of the error, where it failed. */
  error: string | undefined;
  readonly startedSeconds: number;
  endedSeconds: number | undefined;
  steps: number;
  samples: number;
  /** Losses and metrics of batches and epochs that were not finite. */
  nonFinite: number;
  /** What each epoch ended with, by the keys of tfjs's logs: `loss`, `val_loss`, `acc` …. Of what is not finite null, as JSON has it. */
  readonly epochs: readonly Readonly<Record<string, number | null>>[];
}

/** Requests that have ended. */
export interface RequestFacts {
  readonly model: string;
  readonly version: string;
  /** The type of error; `none` for those that succeeded. */
  readonly outcome: string;
  readonly count: number;
}

export interface TokenFacts {
  readonly model: string;
  readonly input: number;
  readonly output: number;
}

/** What the program knows of itself, without asking a metric. What is counted keeps growing. */
export interface Facts {
  /** When it said so. */
  readonly atSeconds: number;
  readonly runs: readonly RunFacts[];
  readonly requests: readonly RequestFacts[];
  /** Requests that were made to take longer than the objective allows, or failed in a way that counts against it. */
  readonly objectiveMisses: readonly { readonly model: string; readonly count: number }[];
  /** Samples in the requests that succeeded. */
  readonly samples: number;
  readonly tokens: readonly TokenFacts[];
  readonly leakedTensors: number;
  /** Parameters of the models in service, by name. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Occurrences by reason. */
  readonly dropped: Readonly<Record<string, number>>;
  readonly uptimeSeconds: number;
  readonly memoryBytes: number;
}

/** What is set once, for everybody to know. */
export const OBJECTIVE = { latencySeconds: 1, target: 0.95 };
export const CONTAINER = { cpus: 1.5, memoryBytes: 512 * 2 ** 20, workingSetBytes: 192 * 2 ** 20, throttledSecondsPerSecond: 0.1 };
/** Versions of the models in service. */
export const VERSIONS = { sentiment: ['1', '2'], digits: ['3'], storyteller: ['2026-10'] } as const;
/** Of the run that goes on; each has three steps. */
export const PLANNED_EPOCHS = 200;
export const BROKEN_COLLECTOR = 'broken';

/** What the program is told, and what it says. */
export type Order = 'begin' | 'tell' | 'end';
export type Message = { readonly url: string } | { readonly facts: Facts } | { readonly isDone: true };
