import type { FitParams, ModelLike } from '../tf-like.ts';
import { FitCallbackHooks, modelsWithCallback, registeredFits } from './fit-callback.ts';
import type { FitObserver } from './fit-observer.ts';
import type { ModelInFit } from './watch-fit.ts';

/** The hooks of a callback that tfjs makes for every fit by itself. It leaves a fit to a callback that is passed to it. */
export class RegisteredHooks extends FitCallbackHooks {
  override setModel(model: ModelLike): void {
    super.setModel(model);
    // tfjs comes to registered callbacks first.
    modelsWithCallback.delete(model);
  }

  protected override watch(model: ModelInFit, params: FitParams): FitObserver | undefined {
    if (modelsWithCallback.has(model)) return undefined;
    const observer = super.watch(model, params);
    const withdraw = () => this.errors.guard('leaving a fit to another callback', () => observer?.withdraw());
    registeredFits.set(params, { model, withdraw });
    return observer;
  }
}
