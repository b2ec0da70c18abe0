export const SERVER_NAMES = ['bare', 'inferencePlugin', 'inferenceHandler'] as const;

export type ServerName = (typeof SERVER_NAMES)[number];

export interface ServerState {
  /** Requests that it has measured. */
  readonly counted: number;
  /** What the process has computed for so far. */
  readonly cpuMicroseconds: number;
}
