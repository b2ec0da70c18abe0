import type { FitProbe } from '../fit/fit-probe.ts';
import { guarded } from '../fit/watch-fit.ts';
import { type MethodWatcher, watchMethod } from '../fit/watch-method.ts';
import type { ModelLike } from '../tf-like.ts';

/** A probe of `fitMetrics` that has `model.save` during a fit count as the activity `checkpoint`. */
export function saveTime(): FitProbe {
  return {
    begin({ model, run, errors }) {
      if (!model) return {};
      const onSave: MethodWatcher = (_args, self) =>
        self === model || (self as { model?: unknown }).model === model ? run.enter('checkpoint') : undefined;
      let unwatch = () => {};
      return {
        onTrainBegin() {
          unwatch = watchMethod(ownerOfSave(model), 'save', guarded('save', onSave, errors));
        },
        dispose: () => unwatch(),
      };
    },
  };
}

/** Users hold a Sequential whose inner model tfjs trains, so `save` is watched where both have it from, which is not always the user's `tf`. */
function ownerOfSave(model: ModelLike): object {
  let owner: object | null = model;
  while (owner && !Object.hasOwn(owner, 'save')) owner = Object.getPrototypeOf(owner) as object | null;
  return owner ?? model;
}
