import type { HookErrors } from '@modelmeter/core';
import type { FitWatcher } from './watch-fit.ts';

/** A watcher whose failures are reported and go no further; only what the user asked a fit to reject with is thrown. */
export function guardedWatcher(watcher: FitWatcher, errors: HookErrors): FitWatcher {
  const entering = (place: string, enter: () => (returned: unknown) => void) => () => {
    const leave = errors.guard(place, enter);
    return (returned?: unknown) => {
      errors.guard(place, () => leave?.(returned));
    };
  };
  return {
    onEpochBegin: (epoch) => errors.guard('onEpochBegin', () => watcher.onEpochBegin(epoch)),
    onStepBegin: () => errors.guard('onStepBegin', () => watcher.onStepBegin()),
    onGradients: (gradients) => errors.guard('onGradients', () => watcher.onGradients(gradients)),
    onUpdated: () => errors.guard('onUpdated', () => watcher.onUpdated()),
    onStepEnd: (logs) => errors.guard('onStepEnd', () => watcher.onStepEnd(logs)),
    onEpochEnd: (epoch, logs) => errors.guard('onEpochEnd', () => watcher.onEpochEnd(epoch, logs)),
    throwFailure: () => watcher.throwFailure(),
    onValidation: entering('onValidation', () => watcher.onValidation()),
    onSave: entering('onSave', () => watcher.onSave()),
    onTrainEnd: () => errors.guard('onTrainEnd', () => watcher.onTrainEnd()),
    onLetGo: () => errors.guard('onLetGo', () => watcher.onLetGo()),
  };
}
