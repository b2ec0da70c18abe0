import { HookErrors } from '@modelmeter/core';
import type { InferenceSettings } from './inference-options.ts';
import { type ModelUse, modelUse } from './model-context.ts';
import { type ErrorType, errorTypeOf } from './error-types.ts';
import { RequestSeries } from './request-series.ts';

/** What a model's wrappers and spans measure with. */
export class Measuring {
  readonly settings: InferenceSettings;
  readonly requests: RequestSeries;
  readonly errors: HookErrors;
  readonly use: ModelUse;

  constructor(settings: InferenceSettings) {
    this.settings = settings;
    this.requests = new RequestSeries(settings);
    this.errors = new HookErrors(settings.registry);
    this.use = modelUse(settings.registry, settings.model);
  }

  /** Seconds of the clock; NaN where it fails, which histograms keep out and count. */
  now(): number {
    try {
      return this.settings.clock.monotonicSeconds();
    } catch (error) {
      this.errors.report('the clock', error);
      return NaN;
    }
  }

  typeOf(error: unknown): ErrorType {
    return this.errors.guard('classifyError', () => this.settings.classifyError?.(error)) ?? errorTypeOf(error);
  }
}
