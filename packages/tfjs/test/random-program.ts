import type { FitMetricsOptions } from '../src/fit/fit-options.ts';
import { deviceTime } from '../src/probes/device-time.ts';
import { gradientNorm } from '../src/probes/gradient-norm.ts';
import { improvement } from '../src/probes/improvement.ts';
import { parameterNorms } from '../src/probes/parameter-norms.ts';
import { saveTime } from '../src/probes/save-time.ts';
import { HOOKS, type Hook } from './counting-callback.ts';
import type { ModelKind } from './model-kinds.ts';
import { PseudoRandom } from '@modelmeter/test-kit/pseudo-random';

/** What a callback of the user's does at one call of one hook. */
export interface Deed {
  readonly hook: Hook;
  readonly atCall: number;
  readonly what: 'nothing' | 'throw' | 'reject' | 'stop' | 'yield' | 'evaluate' | 'save' | 'fit';
}

export type Fault = (typeof FAULTS)[number];

/** A training program, without or with us. */
export interface Program {
  readonly kind: ModelKind;
  readonly method: 'fit' | 'fitDataset';
  readonly epochs: number;
  readonly initialEpoch: number;
  readonly batchSize: number;
  readonly hasValidation: boolean;
  /** Class callbacks, or plain objects as in an array that begins with one. */
  readonly style: 'class' | 'CustomCallback' | 'plain';
  readonly deeds: readonly Deed[];
  /** Where in the array of callbacks we stand. */
  readonly place: number;
  readonly options: FitMetricsOptions;
  readonly fault: Fault;
  /** At which call the fault begins. */
  readonly faultAtCall: number;
  readonly isTracked: boolean;
  readonly isDeviceAsynchronous: boolean;
}

const FAULTS = ['none', 'clock', 'Unix clock', 'bind', 'beginRun', 'drop', 'onCollect', 'full', 'memory', 'scraped'] as const;
const WHAT: readonly Deed['what'][] = ['nothing', 'throw', 'reject', 'stop', 'yield', 'evaluate', 'save', 'fit'];

/** The same program for the same seed. */
export function randomProgram(seed: number): Program {
  const random = new PseudoRandom(seed);
  const epochs = 1 + random.below(3);
  const deeds = Array.from({ length: random.below(4) }, () => ({
    hook: random.pick(HOOKS),
    atCall: 1 + random.below(4),
    what: random.pick(WHAT),
  }));
  return {
    kind: random.pick(['sequential', 'sequential', 'functional', 'multi-output', 'recurrent']),
    method: random.pick(['fit', 'fitDataset']),
    epochs,
    initialEpoch: random.pick([0, 0, 0, epochs - 1]),
    batchSize: random.pick([8, 8, 20, 40]),
    hasValidation: random.pick([true, false]),
    style: random.pick(['class', 'class', 'CustomCallback', 'plain']),
    deeds,
    place: random.below(deeds.length + 1),
    options: randomOptions(random),
    fault: random.pick(FAULTS),
    faultAtCall: random.pick([0, 0, 1 + random.below(60)]),
    isTracked: random.pick([true, false]),
    isDeviceAsynchronous: random.pick([true, false, false]),
  };
}

function randomOptions(random: PseudoRandom): FitMetricsOptions {
  return {
    yieldEverySeconds: random.pick([false, 0, 0.1]),
    batchLossEverySeconds: random.pick([false, 0, 1]),
    // Nothing here is ever not finite.
    onNonFinite: random.pick(['record', 'stop', 'throw']),
    probes: [
      ...random.pick([[], [deviceTime({ everySteps: 1 })], [deviceTime({ everySteps: 3 })]]),
      ...random.pick([[], [improvement()], [improvement({ name: 'loss', minDelta: 0.1, mode: 'min' })]]),
      ...random.pick([[], [saveTime()]]),
      ...random.pick([[], [parameterNorms()], [parameterNorms({ layers: true })]]),
      ...random.pick([[], [gradientNorm({ everySteps: 1 })], [gradientNorm({ everySteps: 2 })]]),
    ],
    ...random.pick([{}, { runId: false as const }, { runId: 'r' }]),
    ...random.pick([{}, { model: 'm' }]),
  };
}
