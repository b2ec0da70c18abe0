import { type Clock, systemClock } from '@modelmeter/core';
import type { Contender } from '../measure/interleave.ts';
import type { TensorFlow } from './backends.ts';
import type { FitVariant } from './fit-variants.ts';
import { Gate } from './gate.ts';
import { makeFit, type Workload } from './workload.ts';

/** Steps that a fit takes before it is another's turn. */
export const STEPS_A_TURN = 10;
/** About as many as a second has. */
const TURNS_PER_COLLECTION = 100;
const NO_END = 1e9;

/**
 * Long fits of one process that take turns of a few steps, so that whatever else the machine does falls on all of them alike. Each has a time of its
 * own, for tfjs and for us, so that nothing happens more often than in a fit that is alone. tfjs comes to their gates before all other callbacks, also
 * where there are none, because they are registered; a process makes one of these.
 */
export class PacedFits {
  readonly #tf: TensorFlow;
  readonly #workload: Workload;
  /** Of the fit whose turn it is, or which begins. */
  #gate = new Gate();

  constructor(tf: TensorFlow, workload: Workload) {
    this.#tf = tf;
    this.#workload = workload;
    tf.env().platform.now = () => this.#gate.now();
    const gateOfNextFit = () => this.#gate;
    class GateCallback extends tf.Callback {
      readonly #gate = gateOfNextFit();

      override async onBatchBegin(batch: number): Promise<void> {
        if (batch % STEPS_A_TURN === 0) await this.#gate.arrive();
      }
    }
    tf.registerCallbackConstructor(0, GateCallback);
  }

  /** Begins a fit on a model of its own; a run of the contender is a turn. */
  async begin({ name, args, collect }: FitVariant): Promise<Contender> {
    const gate = new Gate();
    this.#gate = gate;
    const clock: Clock = { ...systemClock, monotonicSeconds: () => gate.now() / 1000 };
    const arrival = gate.pass();
    // Where it fails, so does the process.
    void makeFit(this.#tf, this.#workload)({ ...args(clock), epochs: NO_END });
    await arrival;

    let turns = 0;
    const run = () => {
      this.#gate = gate;
      if (collect && ++turns % TURNS_PER_COLLECTION === 0) void collect();
      return gate.pass();
    };
    return { name, run, ...(collect ? { readBack: collect } : {}) };
  }
}
