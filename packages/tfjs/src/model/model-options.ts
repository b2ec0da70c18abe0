import { type Clock, defaultRegistry, type Registry, systemClock } from '@modelmeter/core';
import { checkName, checkSteps } from '../check-option.ts';
import { stableModelName } from '../model-name.ts';
import { loadedAs } from './loaded-models.ts';
import type { CallableModel, TfOfModels } from './tf-of-models.ts';

export interface ModelOptions {
  /**
   * `ml.model.name`. Models of one name share series.
   * @default what `loadWithMetrics` has loaded it as, else the model's own name, without the counter that tfjs adds
   */
  readonly model?: string;
  /** `ml.model.version`. @default that of `loadWithMetrics`, else none */
  readonly version?: string;
  /** What the model was made from, such as a commit: `ml.model.revision` of `ml.model.info`. @default none */
  readonly revision?: string;
  /** What runs the model: `ml.system.name` of `ml.model.info`. @default 'tensorflow.js' */
  readonly system?: string;
  /**
   * On webgl and webgpu, every n-th call of a method is measured until the device has computed what it returns, an integer from 1; its `ml.timing` is
   * `complete`. Nobody waits for that, but what the call returns is copied off the device. The time includes what the device still had to do before.
   * @default false: all calls are `dispatch` there, and nothing is read
   */
  readonly waitEveryCalls?: number | false;
  /** @default the registry of the process */
  readonly registry?: Registry;
  /** @default systemClock */
  readonly clock?: Clock;
}

/** The options with their defaults. */
export interface ModelSettings {
  readonly tf: TfOfModels;
  readonly model: string;
  readonly version: string | undefined;
  readonly revision: string | undefined;
  readonly system: string;
  readonly waitEveryCalls: number | false;
  readonly registry: Registry;
  readonly clock: Clock;
}

/** @throws TypeError or RangeError that names the option and its value. */
export function readModelOptions(tf: TfOfModels, model: CallableModel, options: ModelOptions): ModelSettings {
  const missing = (['engine', 'getBackend', 'memory', 'keep'] as const).filter((member) => typeof tf?.[member] !== 'function');
  if (missing.length > 0) {
    throw new TypeError(
      `tf is no TensorFlow.js namespace, it lacks ${missing.join(', ')}: pass your own, as in instrumentModel(tf, model)`,
    );
  }
  if (typeof model?.predict !== 'function') throw new TypeError('model is no model of TensorFlow.js: it has no predict');
  if (!Object.isExtensible(model)) throw new TypeError('model is frozen: its methods cannot be measured');
  const loaded = loadedAs(model);
  const { model: name = loaded?.model, version = loaded?.version, revision, system = 'tensorflow.js', waitEveryCalls = false } = options;
  const { registry = defaultRegistry(), clock = systemClock } = options;
  for (const [option, value] of Object.entries({ model: name, version, revision, system })) {
    if (value !== undefined) checkName(option, value);
  }
  checkSteps('waitEveryCalls', waitEveryCalls);
  const ownName = (model as { readonly name?: unknown }).name;
  const given = name ?? stableModelName(typeof ownName === 'string' ? ownName : undefined);
  return { tf, model: given, version, revision, system, waitEveryCalls, registry, clock };
}
