import { type FitCallback, fitCallback } from './fit-callback.ts';
import { type FitMetricsOptions, type FitSettings, readFitOptions } from './fit-options.ts';
import { REGISTERED } from './registered-role.ts';
import type { TfLike } from '../tf-like.ts';

/** A namespace that takes callbacks for every fit, as tfjs does since 1.0. */
export interface TfWithRegistry extends TfLike {
  registerCallbackConstructor(verbosityLevel: number, constructor: never): void;
}

/** What is registered with each tfjs, for good, and the settings that it goes by at the moment. */
const registrations = new WeakMap<object, { settings: FitSettings | undefined }>();

/**
 * Measures every `fit` and `fitDataset` of a process without a change to its code. A fit that a callback of `fitMetrics` is passed to is left to that.
 * Registering again replaces the options.
 *
 * @returns a function that ends it: later fits are not measured.
 * @throws TypeError or RangeError that names the option and its value.
 */
export function registerTfjs(tf: TfWithRegistry, options: FitMetricsOptions = {}): () => void {
  const settings = readFitOptions(tf, options);
  const registration = registrations.get(tf.Callback) ?? register(tf);
  registration.settings = settings;
  return () => {
    if (registration.settings === settings) registration.settings = undefined;
  };
}

function register(tf: TfWithRegistry): { settings: FitSettings | undefined } {
  const registration: { settings: FitSettings | undefined } = { settings: undefined };
  // tfjs constructs it for every fit, has no way to take it back, and takes what the constructor returns.
  function Registered(): FitCallback {
    return registration.settings ? fitCallback(tf, registration.settings, REGISTERED) : silentCallback(tf);
  }
  // The level at which tfjs calls it whatever a fit's `verbose` says (tfjs-layers 4.22, base_callbacks.ts:505-577).
  tf.registerCallbackConstructor(0, Registered as never);
  registrations.set(tf.Callback, registration);
  return registration;
}

/** tfjs's own hooks, which do nothing. */
function silentCallback(tf: TfLike): FitCallback {
  return Object.assign(Object.create(tf.Callback.prototype), { setParams: () => {}, setModel: () => {} }) as FitCallback;
}
