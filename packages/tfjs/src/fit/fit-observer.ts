import type { HookErrors } from '@modelmeter/core';
import { deviceReads } from '../tensors/device-reads.ts';
import type { Failure } from '../run/error-type.ts';
import type { FitSettings } from './fit-options.ts';
import type { ProbeHooks } from './fit-probe.ts';
import { fitValues } from './fit-values.ts';
import { stableModelName } from '../model-name.ts';
import { newRunId } from '../run/run-id.ts';
import { stepsPerEpoch } from './steps-per-epoch.ts';
import type { FitParams, Logs, ModelLike } from '../tf-like.ts';
import { recordRun, type TrainingResult } from '../run/training-run.ts';

/** What the callback that made an observer is to know of its fit. */
export interface FitOwner {
  readonly errors: HookErrors;
  /** The fit is over. */
  onLetGo(): void;
  /** Whether somebody who will know the error of a fit that threw is going to call `end`. */
  isTracked(): boolean;
}

type Hook<H extends keyof ProbeHooks> = Required<ProbeHooks>[H];

/** Follows one fit. */
export type FitObserver = ReturnType<typeof observeFit>;

/** Follows one fit: tells its run what goes on when, and its values when to be read. */
export function observeFit(settings: FitSettings, params: FitParams, model: ModelLike | undefined, owner: FitOwner) {
  const { tf, registry, clock, runId, probes } = settings;
  const { errors } = owner;
  const backend = tf.getBackend();
  const reads = deviceReads(backend, (error) => errors.report('reading a value', error));
  // Between two steps of `fitDataset` the dataset makes the next batch; in `fit` the next callbacks are called.
  const isDataset = params.samples == null;
  const betweenSteps = isDataset ? 'data_wait' : 'callback';
  const run = recordRun({
    registry,
    clock,
    model: settings.model ?? stableModelName(model?.name),
    runId: runId === false ? undefined : (runId ?? newRunId(clock.unixSeconds())),
    timing: reads.areImmediate ? 'complete' : 'dispatch',
    isTimed: reads.areImmediate || probes.some((probe) => probe.waitsForDevice),
    activities: params.doValidation ? [betweenSteps, 'validation'] : [betweenSteps],
    optimizer: model?.optimizer?.getClassName?.(),
    batchSize: params.batchSize ?? undefined,
    backend,
  });
  const values = fitValues(settings, params, model, run.values, reads);
  const fit = { tf, clock, params, model, labels: values.labels, run, reads, errors };
  const probeHooks = probes.map((probe) => probe.begin(fit));
  let hasBegun = false;
  let plannedEpochs = 0;
  let finishedEpochs = 0;
  let isInStep = false;
  let isOver = false;
  run.begin();

  /** Tells the probes, and returns what is to be waited for. */
  const tell = <H extends keyof ProbeHooks>(hook: H, told?: Parameters<Hook<H>>[0]): ReturnType<Hook<H>> => {
    let waiting: unknown;
    for (const probe of probeHooks) waiting = probe[hook]?.(told as never) ?? waiting;
    return waiting as ReturnType<Hook<H>>;
  };

  /** Only the first epoch tells where a `fitDataset` begins: its parameters do not. */
  const plan = (firstEpoch: number) => {
    const { epochs } = params;
    if (epochs == null) return;
    plannedEpochs = epochs - firstEpoch;
    const steps = stepsPerEpoch(params);
    if (steps !== undefined) run.plan(steps * plannedEpochs);
  };

  /** What went on between two steps is over. */
  const onCallbacksBegin = () => {
    if (isDataset) run.switchTo('callback');
  };

  /** A step is done and the callbacks begin to hear of it; one of those may throw. */
  const onStepDone = (logs: Logs) => {
    if (!isInStep) return;
    isInStep = false;
    run.endStep(Number(logs['size']) || 0);
    values.onStepEnd(logs, run.sinceSeconds());
  };

  const ownResult = (): TrainingResult => {
    if (values.hasStopped() || run.values.isDiverged) return 'non_finite';
    const isComplete = finishedEpochs >= plannedEpochs && run.isPlanDone();
    return model?.stopTraining === true && !isComplete ? 'early_stopped' : 'success';
  };

  /** Ends the run, by a failure or else with what the fit came to. */
  const end = ({ result, errorType }: Partial<Failure> = {}) => {
    run.end(values.hasFailed() ? 'non_finite' : (result ?? ownResult()), errorType);
  };

  const dispose = () => {
    values.forgetValidation();
    tell('dispose');
    owner.onLetGo();
  };

  return {
    end,

    /** The callbacks begin to hear of something. What they return is to be waited for. */
    onHeard: {
      onEpochBegin() {},
      onBatchBegin: onCallbacksBegin,
      onBatchEnd(logs: Logs) {
        onStepDone(logs);
        return tell('onStepDone', logs);
      },
      onEpochEnd(logs: Logs) {
        onCallbacksBegin();
        return tell('onEpochDone', logs);
      },
    },

    onEpochBegin(epoch: number) {
      if (!hasBegun) {
        hasBegun = true;
        plan(epoch);
        tell('onTrainBegin');
      }
      tell('onEpochBegin');
      run.beginEpoch();
      run.switchTo(betweenSteps);
      values.readLearningRate();
    },

    onBatchBegin() {
      isInStep = true;
      // In `fit` the validation is part of a step.
      if (!isDataset) values.forgetValidation();
      run.beginStep();
      tell('onStepBegin');
    },

    onGradients(gradients: unknown) {
      if (!run.isInStep()) return undefined;
      tell('onGradients', gradients);
      return () => run.switchTo('callback');
    },

    onBatchEnd(_batch: number, logs: Logs = {}) {
      onStepDone(logs);
      tell('onStepEnd', logs);
      if (isDataset) {
        // In `fitDataset` the validation comes after a step.
        values.forgetValidation();
        run.switchTo(betweenSteps);
      }
      // Without a model nobody has called `onHeard`.
      return model ? undefined : tell('onStepDone', logs);
    },

    onEpochEnd(epoch: number, logs: Logs = {}) {
      finishedEpochs++;
      run.endEpoch(epoch + 1);
      run.switchTo('callback');
      values.onEpochEnd(logs, (known) => tell('onEpochValue', known));
      tell('onEpochEnd');
    },

    onValidation() {
      tell('onValidation');
      const leave = run.enter('validation');
      return (returned: unknown) => {
        leave();
        values.onValidation(returned);
      };
    },

    /** Time that is given away. */
    onYield: () => run.enter('other'),

    throwFailure: values.throwFailure,

    /** Resolves when the values that are on their way have come. */
    valuesArrived: reads.arrived,

    onTrainEnd() {
      isOver = true;
      run.switchTo('other');
    },

    /** A fit that tfjs lets go of before its end has failed. Why, only the caller of `fit` can know. */
    onLetGo() {
      // Whatever fails: the model is let go of, and the run ends.
      try {
        run.switchTo('other');
      } finally {
        dispose();
        if (isOver) end();
        else if (!owner.isTracked()) end({ result: 'failure' });
      }
    },

    /** Leaves a fit that has just begun to another observer. */
    withdraw() {
      if (run.hasEnded()) return;
      run.withdraw();
      dispose();
    },
  };
}
