import type { HookErrors } from '@modelmeter/core';
import { modelMethod } from '@modelmeter/core/attributes';
import { overrideProperty } from '../fit/watch-method.ts';
import { settle } from '../run/settle.ts';
import { FitValidation } from './fit-validation.ts';
import { type CallSetting, ModelCall } from './model-call.ts';
import type { ModelSettings } from './model-options.ts';
import { modelParameters } from './model-parameters.ts';
import { type ModelMethod, ModelSeries } from './model-series.ts';
import { WaitingTurns } from './waiting-turns.ts';

type Method = (...args: unknown[]) => unknown;

/** A model whose methods are measured until it is restored. They are own properties for that long. */
export class MeasuredModel {
  readonly #model: object;
  readonly #setting: CallSetting;
  readonly #validation: FitValidation;
  readonly #undo: (() => void)[];
  /** Whether a method is running. It may call others: tfjs's `predict` calls `execute`, and both are one call of the user's. */
  #isInCall = false;
  #isRestored = false;

  constructor(model: object, settings: ModelSettings, errors: HookErrors) {
    this.#model = model;
    const { tf, clock, waitEveryCalls } = settings;
    const series = new ModelSeries(settings, modelParameters(model));
    this.#setting = { tf, clock, series, errors, turns: new WaitingTurns(waitEveryCalls) };
    this.#validation = new FitValidation(model);
    this.#undo = modelMethod.values.map((method) => this.#measure(method));
  }

  /** Puts back what was there and has the series end. What others have put around our methods since then stays, and does as it would without us. */
  restore(): void {
    this.#isRestored = true;
    this.#validation.stop();
    for (const undo of this.#undo) undo();
    const { errors, series } = this.#setting;
    errors.guard('restoreModel', () => series.end());
  }

  #measure(method: ModelMethod): () => void {
    const original: unknown = Reflect.get(this.#model, method);
    if (typeof original !== 'function') return () => {};
    const call = (self: unknown, args: unknown[]) => this.#call(method, original as Method, self, args);
    const value = function (this: unknown, ...args: unknown[]): unknown {
      return call(this, args);
    };
    for (const name of ['name', 'length'] as const) Object.defineProperty(value, name, { configurable: true, value: original[name] });
    const enumerable = Object.getOwnPropertyDescriptor(this.#model, method)?.enumerable ?? false;
    return overrideProperty(this.#model, method, { configurable: true, enumerable, writable: true, value });
  }

  #call(method: ModelMethod, original: Method, self: unknown, args: unknown[]): unknown {
    if (this.#isRestored || this.#isInCall || (method === 'evaluate' && this.#validation.isCall(args))) {
      return Reflect.apply(original, self, args);
    }
    const { errors } = this.#setting;
    const call = errors.guard(method, () => new ModelCall(method, this.#setting, isSettingUp(this.#model)));
    const work = () => {
      this.#isInCall = true;
      try {
        const result: unknown = Reflect.apply(original, self, args);
        errors.guard(method, () => call?.onReturned(result));
        return result;
      } finally {
        this.#isInCall = false;
      }
    };
    return settle(work, (hasSucceeded, outcome) => {
      errors.guard(method, () => (hasSucceeded ? call?.succeeded(outcome) : call?.failed()));
    });
  }
}

/** A GraphModel makes tables and the like, which it keeps, in its first call (tfjs-converter 4.22, graph_model.ts:475). */
function isSettingUp(model: object): boolean {
  const { initializer, resourceIdToCapturedInput } = model as { initializer?: unknown; resourceIdToCapturedInput?: unknown };
  return initializer != null && resourceIdToCapturedInput == null;
}
