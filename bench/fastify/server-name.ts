export const SERVER_NAMES = ['bare', 'the clock alone', 'inferencePlugin', 'inferenceHandler'] as const;

export type ServerName = (typeof SERVER_NAMES)[number];

/** What a server does for its answers: reads an image of 784 numbers and classifies it, or nothing. */
export const WORKLOADS = ['digits', 'nothing'] as const;

export type Workload = (typeof WORKLOADS)[number];

export interface ServerState {
  /** Requests that it has measured. */
  readonly counted: number;
  /** What the process has computed for so far. */
  readonly cpuMicroseconds: number;
}
