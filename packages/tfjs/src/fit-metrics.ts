import { type Clock, defaultRegistry, type Registry, systemClock } from '@modelmeter/core';
import { diag } from '@opentelemetry/api';
import { FitObserver } from './fit-observer.ts';
import { reportMemory } from './memory-metrics.ts';
import type { FitParams, Logs, ModelLike, TfLike } from './tf-like.ts';

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
  /** @default the registry of the process */
  readonly registry?: Registry;
  /** @default systemClock */
  readonly clock?: Clock;
}

/** What tfjs calls while it fits. Pass it as `callbacks`, alone or in an array with other class callbacks such as `earlyStopping`. */
export interface FitCallback {
  // tfjs's own types differ between packages and versions, so the callback takes whatever it is given.
  /* oxlint-disable typescript/no-explicit-any */
  validationData: any;
  params: any;
  model: any;
  /* oxlint-enable typescript/no-explicit-any */
  setParams(params: unknown): void;
  setModel(model: unknown): void;
  onTrainBegin(logs?: unknown): Promise<void>;
  onTrainEnd(logs?: unknown): Promise<void>;
  onEpochBegin(epoch: number, logs?: unknown): Promise<void>;
  onEpochEnd(epoch: number, logs?: unknown): Promise<void>;
  onBatchBegin(batch: number, logs?: unknown): Promise<void>;
  onBatchEnd(batch: number, logs?: unknown): Promise<void>;
}

/**
 * A callback for `model.fit` and `model.fitDataset` that records `ml.training.*`. It never throws into a fit and never waits for a device. One
 * instance serves one fit at a time, as many fits as you like one after the other.
 *
 * Put it first among callbacks: what callbacks before it do after a step counts as part of the step.
 *
 * @param tf your own TensorFlow.js namespace, with any back end.
 * @throws TypeError or RangeError that names the option and its value.
 */
export function fitMetrics(tf: TfLike, options: FitMetricsOptions = {}): FitCallback {
  const { model: name, runId, yieldEverySeconds = 0.1, registry = defaultRegistry(), clock = systemClock } = options;
  checkTf(tf);
  if (name !== undefined && (typeof name !== 'string' || name === '')) throw new TypeError(`model is ${JSON.stringify(name)}, not a name`);
  if (runId !== undefined && runId !== false && (typeof runId !== 'string' || runId === '')) {
    throw new TypeError(`runId is ${JSON.stringify(runId)}, neither a non-empty string nor false`);
  }
  if (yieldEverySeconds !== false && !(yieldEverySeconds >= 0)) {
    throw new RangeError(`yieldEverySeconds is ${String(yieldEverySeconds)}, neither a number ≥ 0 nor false`);
  }

  let params: FitParams | undefined;
  let model: ModelLike | undefined;
  let observer: FitObserver | undefined;
  const warned = new Set<string>();

  const onHookError = (hook: string, error: unknown) => {
    try {
      registry.drop('hook_error');
      if (!warned.has(hook)) diag.warn(`modelmeter: ${hook} failed; training goes on, further failures are only counted`, error);
      warned.add(hook);
    } catch {
      // Even a registry that is broken does not reach the fit.
    }
  };
  const guarded = async (hook: string, action: () => void | Promise<void>): Promise<void> => {
    try {
      await action();
    } catch (error) {
      onHookError(hook, error);
    }
  };

  const hooks = {
    validationData: null,
    params: null,
    model: null,
    setParams: (given: FitParams) => {
      params = given;
    },
    setModel: (given: ModelLike) => {
      model = given;
    },
    // tfjs calls the hooks of wrapped callbacks with `this.params` set, and sets neither parameters nor model.
    onTrainBegin(this: { params?: FitParams | null } | undefined) {
      const ofThisFit = params ?? this?.params ?? {};
      return guarded('onTrainBegin', () => {
        observer = undefined;
        reportMemory(tf, registry);
        observer = new FitObserver({ tf, registry, clock, model: name, runId, yieldEverySeconds, onHookError }, ofThisFit, model);
      });
    },
    onEpochBegin: (epoch: number) => guarded('onEpochBegin', () => observer?.beginEpoch(epoch)),
    onBatchBegin: () => guarded('onBatchBegin', () => observer?.beginStep()),
    onBatchEnd: (_batch: number, logs: Logs = {}) => guarded('onBatchEnd', () => observer?.endStep(logs)),
    onEpochEnd: (epoch: number, logs: Logs = {}) => guarded('onEpochEnd', () => observer?.endEpoch(epoch, logs)),
    onTrainEnd: () => guarded('onTrainEnd', () => observer?.end()),
  };
  // The prototype makes tfjs take it for a class callback; the hooks are own, closed functions, so that a second copy of tfjs does too.
  return Object.assign(Object.create(tf.Callback.prototype), hooks) as FitCallback;
}

function checkTf(tf: TfLike): void {
  const needed = ['Callback', 'engine', 'getBackend', 'memory'] as const;
  const missing = needed.filter((member) => typeof (tf as TfLike | undefined)?.[member] !== 'function');
  if (missing.length === 0) return;
  throw new TypeError(`tf is no TensorFlow.js namespace, it lacks ${missing.join(', ')}: pass your own, as in fitMetrics(tf)`);
}
