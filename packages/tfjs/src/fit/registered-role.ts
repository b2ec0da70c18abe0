import { type CallbackRole, modelsWithCallback, registeredFits } from './callback-role.ts';

/** Of a callback that tfjs makes for every fit by itself: it leaves a fit to a callback that is passed to it. */
export const REGISTERED: CallbackRole = {
  // tfjs comes to registered callbacks first.
  onModel: (model) => modelsWithCallback.delete(model),
  onFit(model, params, observe, errors) {
    if (modelsWithCallback.has(model)) return;
    const observer = observe();
    registeredFits.set(params, { model, withdraw: () => errors.guard('leaving a fit to another callback', () => observer.withdraw()) });
  },
};
