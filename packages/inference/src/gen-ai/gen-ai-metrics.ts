import type { HookErrors } from '@modelmeter/core';
import type { Measuring } from '../measuring.ts';
import { ClientSeries } from './client-series.ts';
import { GenAiOperation } from './gen-ai-operation.ts';
import { type GenAiOptions, readGenAiAttributes, type TokenUsage } from './gen-ai-options.ts';
import type { GenAiSeries } from './gen-ai-series.ts';
import { ServerSeries } from './server-series.ts';

/** What the calls of one function have in common that asks a language model. */
export class GenAiMetrics {
  readonly series: GenAiSeries;
  readonly #errors: HookErrors;
  readonly #options: GenAiOptions;

  /** @throws TypeError or RangeError that names the option and its value. */
  constructor({ requests, errors, settings }: Measuring, options: GenAiOptions) {
    const attributes = readGenAiAttributes(options, settings.model);
    this.series = new (options.role === 'server' ? ServerSeries : ClientSeries)(requests.series, attributes);
    this.#errors = errors;
    this.#options = options;
  }

  /** An operation that begins, in seconds of the clock. */
  begin(beganAt: number): GenAiOperation {
    return new GenAiOperation(this, beganAt);
  }

  /** Tokens that a part of an answer tells of. */
  usageOf(part: unknown): TokenUsage | undefined {
    return this.guard('genAi.usage', () => this.#options.usage?.(part) ?? undefined);
  }

  /** Output tokens of a part; NaN where counting failed, undefined where nobody counts. */
  tokensOf(part: unknown): number | undefined {
    const { tokensOf } = this.#options;
    return tokensOf && (this.guard('genAi.tokensOf', () => tokensOf(part)) ?? NaN);
  }

  /** @see HookErrors.guard */
  guard<R>(place: string, action: () => R): R | undefined {
    return this.#errors.guard(place, action);
  }
}
