import type { Workload } from './workload.ts';

/** A metrics library that serves a workload over HTTP on the loopback interface. */
export interface Served {
  readonly url: string;
  /** Gives every series a new value: {@link level} to gauges, one more {@link duration} to histograms, 1 to counters. */
  readonly update: (update: number) => void;
}

export type Serve = (workload: Workload) => Promise<Served>;
