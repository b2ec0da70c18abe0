import { type BatchSize, readBatchSize } from './batch-size.ts';
import { checkFunction, checkName } from './check-option.ts';
import type { ErrorType } from './error-types.ts';
import { GenAiMetrics } from './gen-ai/gen-ai-metrics.ts';
import type { AnswerPart, GenAiOptions } from './gen-ai/gen-ai-options.ts';
import { InferenceSpan, type SpanOptions } from './inference-span.ts';
import type { Measuring } from './measuring.ts';
import { passFor } from './pass-for.ts';
import { watchCall, watchResult } from './watch-result.ts';

// Parameters that every function's go with.
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyFunction = (...args: any[]) => unknown;

/** How the calls of one function are measured. */
export interface CallOptions<F extends AnyFunction = AnyFunction> {
  /**
   * Samples of a call: a number, or what a function of the arguments returns; `false` for none.
   * @default the first dimension of the first argument with a `shape` or `dims`, as tensors have
   */
  readonly batchSize?: BatchSize<Parameters<F>>;
  /**
   * The type of error that a result stands for, where a function returns errors instead of throwing them; undefined for a good result. Of a stream it
   * gets what the stream returns at its end.
   */
  readonly classifyResult?: (result: Awaited<ReturnType<F>>) => ErrorType | undefined;
  /**
   * Also records OpenTelemetry's `gen_ai.*` metrics of each call: for the function that asks a language model. A call that lies in a request of the
   * same model is an operation all the same. @default none
   */
  readonly genAi?: GenAiOptions<AnswerPart<Awaited<ReturnType<F>>>>;
  /** What a call is that lies in a request of the same model. @default 'predict' */
  readonly stage?: string;
}

/** A function that does what `fn` does and passes for it, and whose calls are measured. */
export function wrap<F extends AnyFunction>(measuring: Measuring, fn: F, options: CallOptions<F> = {}): F {
  const { stage, classifyResult, batchSize } = options;
  checkFunction('fn', fn);
  if (stage !== undefined) checkName('stage', stage);
  if (classifyResult !== undefined) checkFunction('classifyResult', classifyResult);
  const samplesOf = readBatchSize(batchSize as BatchSize<readonly unknown[]> | undefined);
  const genAi = options.genAi && new GenAiMetrics(measuring, options.genAi as GenAiOptions);
  const spanOptions: SpanOptions = { stage, classifyResult: classifyResult as SpanOptions['classifyResult'], genAi };
  const { use, requests, errors, settings } = measuring;
  const { clock } = settings;
  const isSimple = classifyResult === undefined && genAi === undefined;
  use.addWrapper();

  /** Calls that may lie in others, and results that may stand for errors. */
  function inSpan(this: unknown, ...args: unknown[]): unknown {
    const span = new InferenceSpan(measuring, spanOptions);
    span.samples(errors.guard('batchSize', () => samplesOf(...args)));
    return watchCall(() => fn.apply(this, args), span);
  }

  // All other calls. Nothing is allocated here until a result turns out to be an object.
  function measured(this: unknown, ...args: unknown[]): unknown {
    if (use.isTracked || !isSimple) return inSpan.apply(this, args);
    let beganAt = NaN;
    try {
      requests.active.add(1);
      const samples = samplesOf(...args);
      if (samples !== undefined) requests.samples(samples);
      beganAt = clock.monotonicSeconds();
    } catch (error) {
      errors.report('the beginning of a request', error);
    }
    let result: unknown;
    try {
      result = fn.apply(this, args);
    } catch (error) {
      new InferenceSpan(measuring, { beganAt }).fail(error);
      throw error;
    }
    if (typeof result === 'object' && result !== null) return watchResult(result, new InferenceSpan(measuring, { beganAt }));
    try {
      requests.active.add(-1);
      requests.succeeded(clock.monotonicSeconds() - beganAt);
    } catch (error) {
      errors.report('the end of a request', error);
    }
    return result;
  }
  return passFor(measured, fn);
}
