import { watchMethod } from '../fit/watch-method.ts';

/** Data that a running `fitDataset` validates on. */
interface ValidationData {
  readonly xs: unknown;
  readonly ys: unknown;
}

/**
 * Tells tfjs's own calls of `evaluate` from the user's. `fitDataset` makes them, after each epoch, on the tensors that it was given to validate on; they
 * are part of the fit (tfjs-layers 4.22, training_dataset.ts:470). `fit` makes none.
 */
export class FitValidation {
  /** Stops watching. */
  readonly stop: () => void;
  readonly #running = new Set<ValidationData>();

  constructor(model: object) {
    this.stop = watchMethod(model, 'fitDataset', ([, args]) => {
      const data = (args as { readonly validationData?: unknown } | undefined)?.validationData;
      if (!Array.isArray(data)) return undefined;
      const validation: ValidationData = { xs: data[0], ys: data[1] };
      this.#running.add(validation);
      return () => void this.#running.delete(validation);
    });
  }

  /** Whether a call of `evaluate` is one of a fit: on its data, and with the arguments that tfjs writes. */
  isCall([xs, ys, args]: readonly unknown[]): boolean {
    if (this.#running.size === 0) return false;
    const isOnItsData = [...this.#running].some((validation) => validation.xs === xs && validation.ys === ys);
    return isOnItsData && Object.keys(args ?? {}).join() === 'batchSize,verbose' && (args as { verbose: unknown }).verbose === 0;
  }
}
