import type { Contender } from '../measure/interleave.ts';
import type { TensorFlow } from './backends.ts';
import type { FitVariant } from './fit-variants.ts';
import { makeFit, type Workload } from './workload.ts';

/** About as many as a second has. */
const EPOCHS_PER_COLLECTION = 7;
const NO_END = 1e9;

/** Stops a fit at the beginning of each epoch. */
class Gate {
  #onArrival = () => {};
  #open = () => {};

  /** Lets the fit go on, and resolves when it has come to the next epoch. */
  pass(): Promise<void> {
    return new Promise((resolve) => {
      this.#onArrival = resolve;
      this.#open();
    });
  }

  /** The fit has come to an epoch; resolves when it may go on. */
  arrive(): Promise<void> {
    this.#onArrival();
    return new Promise((resolve) => (this.#open = resolve));
  }
}

/**
 * Long fits of one process that take turns, an epoch each. tfjs calls their gates before all other callbacks, also in a fit that has none, because
 * they are registered; a process makes one of these.
 */
export class PacedFits {
  readonly #tf: TensorFlow;
  readonly #workload: Workload;
  #gate = new Gate();

  constructor(tf: TensorFlow, workload: Workload) {
    this.#tf = tf;
    this.#workload = workload;
    const gateOfNextFit = () => this.#gate;
    class GateCallback extends tf.Callback {
      readonly #gate = gateOfNextFit();

      override onEpochBegin(): Promise<void> {
        return this.#gate.arrive();
      }
    }
    tf.registerCallbackConstructor(0, GateCallback);
  }

  /** Begins a fit on a model of its own; a run of the contender is an epoch. */
  async begin({ name, args, collect }: FitVariant): Promise<Contender> {
    const gate = new Gate();
    this.#gate = gate;
    const arrival = gate.pass();
    // Where it fails, so does the process.
    void makeFit(this.#tf, this.#workload)({ ...args(), epochs: NO_END });
    await arrival;
    if (!collect) return { name, run: () => gate.pass() };

    let epochs = 0;
    const run = () => {
      if (++epochs % EPOCHS_PER_COLLECTION === 0) void collect();
      return gate.pass();
    };
    return { name, run, readBack: collect };
  }
}
