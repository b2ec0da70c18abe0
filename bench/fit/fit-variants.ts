import { type Clock, systemClock } from '@modelmeter/core';
import { type FitMetricsOptions, fitMetrics, gradientNorm, improvement, parameterNorms, saveTime } from '@modelmeter/tfjs';
import type { TensorFlow } from './backends.ts';
import { countedRegistry } from './counted-registry.ts';
import type { FitArgs } from './workload.ts';

export const CALLBACKS = {
  none: 'none',
  noneAgain: 'none, once more',
  noneNever: "none, yieldEvery: 'never'",
  ours: 'fitMetrics',
  everyOption: 'fitMetrics with every option',
  plain: 'a plain object with onBatchEnd',
} as const;

const EVERY_OPTION: FitMetricsOptions = {
  onNonFinite: 'stop',
  probes: [parameterNorms({ layers: true }), gradientNorm({ everySteps: 10 }), improvement(), saveTime()],
};

/** A way to call `fit`. */
export interface FitVariant {
  readonly name: string;
  /** Makes what one fit gets. @param clock what ours goes by. */
  readonly args: (clock?: Clock) => FitArgs;
  /** Has the metrics collected, where there are any, and returns how many steps they hold. */
  readonly collect?: () => Promise<number>;
}

export function fitVariants(tf: TensorFlow): Readonly<Record<keyof typeof CALLBACKS, FitVariant>> {
  return {
    none: { name: CALLBACKS.none, args: () => ({}) },
    noneAgain: { name: CALLBACKS.noneAgain, args: () => ({}) },
    noneNever: { name: CALLBACKS.noneNever, args: () => ({ yieldEvery: 'never' }) },
    ours: measured(tf, CALLBACKS.ours, {}),
    everyOption: measured(tf, CALLBACKS.everyOption, EVERY_OPTION),
    plain: { name: CALLBACKS.plain, args: () => ({ callbacks: { onBatchEnd: () => {} } }) },
  };
}

function measured(tf: TensorFlow, name: string, options: FitMetricsOptions): FitVariant {
  const { registry, steps } = countedRegistry();
  return { name, args: (clock = systemClock) => ({ callbacks: fitMetrics(tf, { ...options, registry, clock }) }), collect: steps };
}

interface TfjsNode extends TensorFlow {
  readonly node: { tensorBoard(logFolder: string, options: { updateFreq: 'batch' | 'epoch' }): never };
}

/** tfjs-node's own callback, where there is tfjs-node; `epoch` is its default. */
export function tensorBoardVariants(tf: TensorFlow, logFolder: string): readonly FitVariant[] {
  if (!('node' in tf)) return [];
  const { node } = tf as TfjsNode;
  return (['epoch', 'batch'] as const).map((updateFreq) => ({
    name: `tensorBoard, updateFreq: '${updateFreq}'`,
    args: () => ({ callbacks: node.tensorBoard(`${logFolder}/${updateFreq}`, { updateFreq }) }),
  }));
}
