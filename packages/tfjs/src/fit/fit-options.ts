import { check, type Clock, defaultRegistry, type Registry, systemClock } from '@modelmeter/core';
import { checkName, checkOneOf, checkSeconds, checkTf } from '../check-option.ts';
import type { TfLike } from '../tf-like.ts';
import type { FitProbe } from './fit-probe.ts';

export interface FitMetricsOptions {
  /**
   * `ml.model.name`. Models of one name share series.
   * @default the model's own name, without the counter that tfjs adds
   */
  readonly model?: string;
  /**
   * `ml.run.id` of the next fits; `false` leaves it out, and the runs of a model then share their series.
   * @default a new one for each fit
   */
  readonly runId?: string | false;
  /**
   * How often the event loop gets a turn while tfjs computes, in seconds ≥ 0, so that metrics are served live. `false` never gives it one.
   * @default 0.1
   */
  readonly yieldEverySeconds?: number | false;
  /**
   * How often `ml.training.batch.loss` is read, in seconds ≥ 0; `false` for never. On webgl and webgpu the value is waited for by nobody, but
   * copying it back takes some of the device's time, so it has to be asked for there.
   * @default 1 on cpu, wasm and tensorflow; false on webgl and webgpu
   */
  readonly batchLossEverySeconds?: number | false;
  /**
   * What to do when a loss, a metric or, where a probe looks at them, a weight or gradient is not finite: count it, also stop the fit after the step, or make the fit
   * reject with a `NonFiniteError`. With `stop` and `throw` the loss of every batch is read, where that waits for no device.
   * @default 'record'
   */
  readonly onNonFinite?: 'record' | 'stop' | 'throw';
  /**
   * What else to measure: `improvement()`, `parameterNorms()`, `gradientNorm()`, `deviceTime()`, `saveTime()`.
   * @default []
   */
  readonly probes?: readonly FitProbe[];
  /** @default the registry of the process */
  readonly registry?: Registry;
  /** @default systemClock */
  readonly clock?: Clock;
}

/** The options with their defaults. */
export interface FitSettings extends FitMetricsOptions {
  readonly tf: TfLike;
  readonly yieldEverySeconds: number | false;
  readonly onNonFinite: 'record' | 'stop' | 'throw';
  readonly probes: readonly FitProbe[];
  readonly registry: Registry;
  readonly clock: Clock;
}

/** @throws TypeError or RangeError that names the option and its value. */
export function readFitOptions(tf: TfLike, options: FitMetricsOptions): FitSettings {
  checkTf(tf);
  const { model, runId, batchLossEverySeconds = false } = options;
  const { yieldEverySeconds = 0.1, onNonFinite = 'record', probes = [], registry = defaultRegistry(), clock = systemClock } = options;
  if (model !== undefined) checkName('model', model);
  if (runId !== undefined && runId !== false) checkName('runId', runId);
  checkSeconds('yieldEverySeconds', yieldEverySeconds);
  checkSeconds('batchLossEverySeconds', batchLossEverySeconds);
  checkOneOf('onNonFinite', onNonFinite, ['record', 'stop', 'throw']);
  const isProbe = (probe: Partial<FitProbe> | undefined) => typeof probe?.begin === 'function';
  check(Array.isArray(probes) && probes.every(isProbe), 'probes', probes, 'a list of probes');
  return { ...options, tf, yieldEverySeconds, onNonFinite, probes, registry, clock };
}
