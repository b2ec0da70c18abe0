import type { Backend } from './backends.ts';
import type { Workload } from './workload.ts';

/** Of an epoch. */
export const STEPS = 200;

/** Sizes with which a step takes about a millisecond. */
export const WORKLOADS: Readonly<Record<Backend, Workload>> = {
  cpu: { inputs: 16, units: 32, steps: STEPS },
  wasm: { inputs: 64, units: 256, steps: STEPS },
  tensorflow: { inputs: 16, units: 32, steps: STEPS },
};
