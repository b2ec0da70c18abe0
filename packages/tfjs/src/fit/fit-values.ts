import * as metric from '@modelmeter/core/training-metrics';
import type { DeviceReads } from '../tensors/device-reads.ts';
import type { FitSettings } from './fit-options.ts';
import { appliedLearningRate } from '../tensors/learning-rate.ts';
import { readMetricLabels } from '../run/metric-label.ts';
import { NonFiniteError } from './non-finite-error.ts';
import { outputNames } from './output-names.ts';
import type { RunValues } from '../run/run-values.ts';
import type { FitParams, Logs, ModelLike, ScalarLike } from '../tf-like.ts';
import { validationValues } from './validation-values.ts';

/** Reads the logs, the optimizer and the validations of one fit. */
export function fitValues(
  { tf, onNonFinite, batchLossEverySeconds }: FitSettings,
  { metrics }: FitParams,
  model: ModelLike | undefined,
  values: RunValues,
  reads: DeviceReads,
) {
  const keys = metrics ?? [];
  const outputs = outputNames(model, keys);
  /** The losses and metrics that the epochs end with, by their keys in tfjs's logs. */
  const labels = readMetricLabels(keys, outputs);
  for (const label of labels.values()) values.declare(label);
  const validationKeys = keys.filter((key) => labels.get(key)?.split === 'validation');
  // Where the logs do not tell them.
  const validation =
    outputs.length > 1 ? validationValues(validationKeys, reads, (scalar) => tf.keep(scalar.clone() as never) as ScalarLike) : undefined;
  const learningRate = values.gauge(metric.trainingLearningRate);
  const everyStep = reads.areImmediate && onNonFinite !== 'record';
  const lossEverySeconds = everyStep ? 0 : (batchLossEverySeconds ?? (reads.areImmediate ? 1 : false));
  let lossReadSeconds = -Infinity;
  let failure: NonFiniteError | undefined;
  let hasStopped = false;

  values.onNonFinite = (what, value) => {
    if (onNonFinite === 'stop' && model) model.stopTraining = hasStopped = true;
    if (onNonFinite === 'throw') failure ??= new NonFiniteError(what, value);
  };

  const readLearningRate = () => {
    const rate = appliedLearningRate(model?.optimizer, reads.areImmediate);
    if (rate !== undefined) learningRate.set(rate);
  };

  const forgetValidation = () => validation?.forget();

  return {
    labels,
    readLearningRate,
    forgetValidation,

    /** Whether the fit is to reject. */
    hasFailed: () => !!failure,

    /** Rejects with what the user asked for, where that has happened; undefined where nobody asked. */
    throwFailure:
      onNonFinite === 'throw'
        ? () => {
            if (failure) throw failure;
          }
        : undefined,

    /** Whether the fit has been told to stop. */
    hasStopped: () => hasStopped,

    onStepEnd(logs: Logs, nowSeconds: number) {
      if (lossEverySeconds === false || nowSeconds - lossReadSeconds < lossEverySeconds) return;
      lossReadSeconds = nowSeconds;
      reads.logged(logs['loss'], (value) => values.setBatchLoss(value));
      readLearningRate();
    },

    /** @param returned what tfjs's validation, or an evaluation of the user's, has returned. */
    onValidation(returned: unknown) {
      validation?.take(returned);
    },

    /** @param onValue called with each value when it is known. */
    onEpochEnd(logs: Logs, onValue: (known: { readonly key: string; readonly value: number }) => void) {
      for (const [key, label] of labels) {
        // Without the value in the logs there was no validation.
        if (logs[key] === undefined) continue;
        const take = (value: number) => {
          values.setEpochValue(label, value);
          onValue({ key, value });
        };
        if (label.split === 'validation' && validation) validation.read(key, take);
        else reads.logged(logs[key], take);
      }
      forgetValidation();
      readLearningRate();
    },
  };
}
