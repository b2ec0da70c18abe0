/** How the second of two servers differs from the first one, which is bare. */
export const SERVER_NAMES = ['another bare one', 'the clock alone', 'inferencePlugin', 'inferenceHandler'] as const;

export type ServerName = (typeof SERVER_NAMES)[number];

/** What a server does for its answers. */
export const WORKLOADS = ['digits', 'iris', 'nothing'] as const;

export type Workload = (typeof WORKLOADS)[number];

/** Two servers of one process. */
export interface ServerPair {
  readonly bareUrl: string;
  readonly url: string;
}

export interface ServerState {
  /** Requests that have been measured. */
  readonly counted: number;
  /** What the process has computed for so far. */
  readonly cpuMicroseconds: number;
}
