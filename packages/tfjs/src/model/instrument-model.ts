import { HookErrors } from '@modelmeter/core';
import { MeasuredModel } from './measured-model.ts';
import { type ModelOptions, readModelOptions } from './model-options.ts';
import type { CallableModel, TfOfModels } from './tf-of-models.ts';

const measuredModels = new WeakMap<object, MeasuredModel>();

/**
 * Measures the calls of a model: `predict`, `predictOnBatch`, `evaluate`, `execute` and `executeAsync`, those that it has. What they return, throw or
 * reject with is what they would without us, and none of them waits for a device. `restoreModel` ends it; instrumenting again replaces the options.
 *
 * - A call of the user's counts once, as the method that the user called: also where tfjs calls another in it. What `fit` and `fitDataset` do is not
 *   counted. `predictAsync` of a GraphModel counts as the `executeAsync` that it is; `evaluateDataset` is not measured.
 * - `ml.model.call.duration` has the calls that succeed. How long a failing one took says nothing of the model.
 * - `tfjs.memory.leaked_tensors` counts what a call leaves beyond the tensors that it returns, also where it fails; not inside a `tidy` of yours, which
 *   disposes of that. For `executeAsync` only where no other call of a measured model overlaps: tensors that your code makes meanwhile would look the same.
 *   So make those before the call or after it.
 * - `ml.model.parameters`, where the model tells, and `ml.model.info` are reported until the model is restored.
 *
 * ```ts
 * const model = instrumentModel(tf, await tf.loadGraphModel(url), { model: 'digits', version: '3' });
 * ```
 *
 * @param tf your own TensorFlow.js namespace, with any back end.
 * @returns the model itself.
 * @throws TypeError or RangeError that names the option and its value.
 */
export function instrumentModel<M extends CallableModel>(tf: TfOfModels, model: M, options: ModelOptions = {}): M {
  const settings = readModelOptions(tf, model, options);
  restoreModel(model);
  const errors = new HookErrors(settings.registry);
  const measured = errors.guard('instrumentModel', () => new MeasuredModel(model, settings, errors));
  if (measured) measuredModels.set(model, measured);
  return model;
}

/**
 * Makes a model what it was before `instrumentModel`; one that is not measured stays as it is. Its series end after the registry's grace period, unless
 * others record on them.
 */
export function restoreModel(model: object): void {
  measuredModels.get(model)?.restore();
  measuredModels.delete(model);
}
