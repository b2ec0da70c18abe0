import { type FitMetricsOptions, fitMetrics } from '@modelmeter/tfjs';
import type { Contender } from '../measure/interleave.ts';
import type { TensorFlow } from './backends.ts';
import { countedRegistry } from './counted-registry.ts';
import { type FitArgs, makeFit, type Workload } from './workload.ts';

export const CALLBACKS = {
  none: 'none',
  noneNever: "none, yieldEvery: 'never'",
  ours: 'fitMetrics',
  everyOption: 'fitMetrics with every option',
  plain: 'a plain object with onBatchEnd',
} as const;

const EVERY_OPTION: FitMetricsOptions = {
  onNonFinite: 'stop',
  monitor: { name: 'loss' },
  parameterNorms: 'layers',
  gradientNormEverySteps: 10,
  measureSave: true,
};

/** When metrics are collected, once in each of our fits. */
const COLLECT_AFTER_MILLISECONDS = 50;

/** Makes fits that differ in their callbacks alone; each trains a model of its own. */
export class FitContenders {
  readonly #tf: TensorFlow;
  readonly #workload: Workload;

  constructor(tf: TensorFlow, workload: Workload) {
    this.#tf = tf;
    this.#workload = workload;
  }

  none(name: string, yieldEvery: 'auto' | 'never'): Contender {
    return this.with(name, () => ({ yieldEvery }));
  }

  ours(): Contender {
    return this.#measured(CALLBACKS.ours, {});
  }

  everyOption(): Contender {
    return this.#measured(CALLBACKS.everyOption, EVERY_OPTION);
  }

  plain(): Contender {
    return this.with(CALLBACKS.plain, () => ({ callbacks: { onBatchEnd: () => {} } }));
  }

  /** @param args makes what a fit gets. */
  with(name: string, args: () => FitArgs): Contender {
    const fit = makeFit(this.#tf, this.#workload);
    return { name, run: async () => void (await fit(args())) };
  }

  #measured(name: string, options: FitMetricsOptions): Contender {
    const { registry, steps } = countedRegistry();
    const fitting = this.with(name, () => ({ callbacks: fitMetrics(this.#tf, { ...options, registry }) }));
    const run = async (times: number) => {
      const collection = setTimeout(() => void steps(), COLLECT_AFTER_MILLISECONDS);
      await fitting.run(times);
      clearTimeout(collection);
    };
    return { name, run, readBack: steps };
  }
}
