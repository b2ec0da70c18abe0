import type { Clock, HookErrors } from '@modelmeter/core';
import type { MetricLabel } from '../run/metric-label.ts';
import type { TrainingRun } from '../run/training-run.ts';
import type { DeviceReads } from '../tensors/device-reads.ts';
import type { FitParams, Logs, ModelLike, TfLike } from '../tf-like.ts';

/** What a probe may look at. */
export interface ProbedFit {
  readonly tf: TfLike;
  readonly clock: Clock;
  readonly params: FitParams;
  /** Undefined where tfjs does not tell. */
  readonly model: ModelLike | undefined;
  /** The losses and metrics that the epochs end with, by their keys in tfjs's logs. */
  readonly labels: ReadonlyMap<string, MetricLabel>;
  readonly run: TrainingRun;
  readonly reads: DeviceReads;
  readonly errors: HookErrors;
}

/** What a probe is told of one fit. A promise is waited for, before the next callbacks hear of the step or epoch. */
export interface ProbeHooks {
  /** Before the first step. */
  onTrainBegin?(): void;
  onEpochBegin?(): void;
  onStepBegin?(): void;
  /** The gradients of a step, about to be applied; called inside tfjs's own `tidy`. */
  onGradients?(gradients: unknown): void;
  onValidation?(): void;
  /** A step is done. */
  onStepDone?(logs: Logs): Promise<unknown> | undefined;
  /** All callbacks have heard of a step. */
  onStepEnd?(logs: Logs): void;
  /** An epoch is done. */
  onEpochDone?(logs: Logs): Promise<unknown> | undefined;
  /** A loss or metric of an epoch is known. */
  onEpochValue?(known: { readonly key: string; readonly value: number }): void;
  /** All callbacks have heard of an epoch. */
  onEpochEnd?(): void;
  /** The fit is over, however it ends. */
  dispose?(): void;
}

/** Something more to be measured in each fit, such as `gradientNorm()`. A bundle has those that it imports. */
export interface FitProbe {
  /** Whether it is known what the time goes on because the probe waits for the device. */
  readonly waitsForDevice?: boolean;
  begin(fit: ProbedFit): ProbeHooks;
}
