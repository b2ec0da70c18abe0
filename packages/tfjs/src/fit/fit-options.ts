import { type Clock, defaultRegistry, type Registry, systemClock } from '@modelmeter/core';
import { checkName, checkOneOf, checkSeconds, checkSteps, checkTf } from '../check-option.ts';
import type { TfLike } from '../tf-like.ts';

/** What counts as an improvement, by the rules of tfjs's `EarlyStopping`. */
export interface MonitorOptions {
  /**
   * Key of the epoch logs.
   * @default 'val_loss' where there is validation, else 'loss'
   */
  readonly name?: string;
  /**
   * Least change that counts, ≥ 0.
   * @default 0
   */
  readonly minDelta?: number;
  /**
   * Whether lower or higher is better.
   * @default 'auto': higher for accuracies, else lower
   */
  readonly mode?: 'auto' | 'min' | 'max';
}

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
   * On webgl and webgpu, wait for the device at every n-th step, an integer from 1, and record how long that step really took. It slows training
   * down a little. Other back ends have nothing to wait for.
   * @default false
   */
  readonly waitEverySteps?: number | false;
  /**
   * How often `ml.training.batch.loss` is read, in seconds ≥ 0; `false` for never. On webgl and webgpu the value is waited for by nobody, but
   * copying it back takes some of the device's time, so it has to be asked for there.
   * @default 1 on cpu, wasm and tensorflow; false on webgl and webgpu
   */
  readonly batchLossEverySeconds?: number | false;
  /**
   * What to do when a loss, a metric or, with `parameterNorms`, a weight is not finite: count it, also stop the fit after the step, or make the fit
   * reject with a `NonFiniteError`. With `stop` and `throw` the loss of every batch is read, where that waits for no device.
   * @default 'record'
   */
  readonly onNonFinite?: 'record' | 'stop' | 'throw';
  /** What `ml.training.epochs_without_improvement` goes by. `false` leaves the metric out. */
  readonly monitor?: MonitorOptions | false;
  /**
   * Whether the norm of the weights and their relative update are recorded after each epoch: of the whole model, or of each layer as well.
   * @default false
   */
  readonly parameterNorms?: boolean | 'layers';
  /**
   * Record the norm of the gradient of every n-th step, an integer from 1.
   * @default false
   */
  readonly gradientNormEverySteps?: number | false;
  /**
   * Whether `model.save` during a fit counts as the activity `checkpoint`.
   * @default false
   */
  readonly measureSave?: boolean;
  /** @default the registry of the process */
  readonly registry?: Registry;
  /** @default systemClock */
  readonly clock?: Clock;
}

export interface FitSettings {
  readonly tf: TfLike;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly model: string | undefined;
  readonly runId: string | false | undefined;
  readonly yieldEverySeconds: number | false;
  readonly waitEverySteps: number | false;
  readonly batchLossEverySeconds: number | false | undefined;
  readonly onNonFinite: 'record' | 'stop' | 'throw';
  readonly monitor: MonitorOptions | false;
  readonly parameterNorms: boolean | 'layers';
  readonly gradientNormEverySteps: number | false;
  readonly measureSave: boolean;
}

/** @throws TypeError or RangeError that names the option and its value. */
export function readFitOptions(tf: TfLike, options: FitMetricsOptions): FitSettings {
  checkTf(tf);
  const { model, runId, yieldEverySeconds = 0.1, waitEverySteps = false, batchLossEverySeconds, onNonFinite = 'record' } = options;
  const { monitor = {}, parameterNorms = false, gradientNormEverySteps = false, measureSave = false } = options;
  const { registry = defaultRegistry(), clock = systemClock } = options;
  if (model !== undefined) checkName('model', model);
  if (runId !== undefined && runId !== false) checkName('runId', runId);
  checkSeconds('yieldEverySeconds', yieldEverySeconds);
  checkSteps('waitEverySteps', waitEverySteps);
  if (batchLossEverySeconds !== undefined) checkSeconds('batchLossEverySeconds', batchLossEverySeconds);
  checkOneOf('onNonFinite', onNonFinite, ['record', 'stop', 'throw']);
  checkMonitor(monitor);
  checkOneOf('parameterNorms', parameterNorms, [true, false, 'layers']);
  checkSteps('gradientNormEverySteps', gradientNormEverySteps);
  checkOneOf('measureSave', measureSave, [true, false]);
  const sampling = { yieldEverySeconds, waitEverySteps, batchLossEverySeconds, gradientNormEverySteps };
  return { tf, registry, clock, model, runId, ...sampling, onNonFinite, monitor, parameterNorms, measureSave };
}

function checkMonitor(monitor: MonitorOptions | false): void {
  if (monitor === false) return;
  const { name, minDelta = 0, mode = 'auto' } = monitor;
  if (name !== undefined) checkName('monitor.name', name);
  if (!(minDelta >= 0)) throw new RangeError(`monitor.minDelta is ${String(minDelta)}, not a number ≥ 0`);
  checkOneOf('monitor.mode', mode, ['auto', 'min', 'max']);
}
