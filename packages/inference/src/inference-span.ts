import type { ErrorType } from './error-types.ts';
import type { GenAiMetrics } from './gen-ai/gen-ai-metrics.ts';
import type { GenAiOperation } from './gen-ai/gen-ai-operation.ts';
import type { Measuring } from './measuring.ts';
import { type Frame, frameOf, type ModelUse, newFrame, runIn } from './model-context.ts';
import { endWhenAbandoned, type OpenRequest } from './open-results.ts';
import type { ResultWatcher } from './result-watcher.ts';
import { runStage } from './stage.ts';

export interface SpanOptions {
  /** What the span is within another of the same model. @default 'predict' */
  readonly stage?: string | undefined;
  readonly classifyResult?: ((result: unknown) => ErrorType | undefined) | undefined;
  readonly genAi?: GenAiMetrics | undefined;
  /** Of a request that is counted as active already and lies in no other, in seconds of the clock. @default now */
  readonly beganAt?: number;
}

const BY_DEFAULT: SpanOptions = {};

/**
 * One request, from its beginning until it is ended, once: what comes later is ignored. Begun within a request of the same model it is a stage of
 * that one; within a warm-up it is nothing. Never throws of itself.
 */
export class InferenceSpan implements ResultWatcher, OpenRequest {
  readonly #measuring: Measuring;
  readonly #beganAt: number;
  readonly #stage: string;
  readonly #classifyResult: SpanOptions['classifyResult'];
  /** The call of the same model that this one lies in. */
  readonly #enclosing: Frame | undefined;
  /** Where others of the same model may lie in this one: what they find. */
  readonly #frame: Frame | undefined;
  /** What the request is to a language model. */
  readonly #operation: GenAiOperation | undefined;
  #movedAt: number;
  #hasChunk = false;
  #isOver = false;

  constructor(measuring: Measuring, { stage = 'predict', classifyResult, genAi, beganAt }: SpanOptions = BY_DEFAULT) {
    const { use, errors, requests } = measuring;
    this.#measuring = measuring;
    this.#stage = stage;
    this.#classifyResult = classifyResult;
    if (use.isTracked && beganAt === undefined) {
      this.#enclosing = frameOf(use);
      if (!this.#enclosing) this.#frame = newFrame(use, false);
    }
    if (!this.#enclosing && beganAt === undefined) {
      try {
        requests.active.add(1);
      } catch (error) {
        errors.report('the beginning of a request', error);
      }
    }
    this.#movedAt = this.#beganAt = beganAt ?? measuring.now();
    if (!this.#enclosing?.isWarmUp) this.#operation = genAi?.begin(this.#beganAt);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether it is a request to the model that this use is of. */
  isOf(use: ModelUse): boolean {
    return this.#measuring.use === use;
  }

  /** Whether something of the same model may lie in the request. */
  get isFollowed(): boolean {
    return this.#frame !== undefined;
  }

  /** Runs `action` as part of the request: what it calls of the same model is a stage of it. Returns and throws what `action` does. */
  within<R>(action: () => R): R {
    return this.#frame ? runIn(this.#frame, action) : action();
  }

  /** What `action` of the user's returns; undefined where it fails, which is reported and goes no further. */
  guard<R>(place: string, action: () => R): R | undefined {
    return this.#measuring.errors.guard(place, action);
  }

  /** Measures a part of the request: `InferenceMetrics.stage`. */
  stage<R>(name: string, action: () => R): R {
    return runStage(this.#measuring, name, () => this.within(action));
  }

  /** Records how many samples the request has. Within another request of the same model they are that one's, if it does not know its own. */
  samples(count: number | undefined): void {
    const frame = this.#enclosing ?? this.#frame;
    if (count === undefined || frame?.isWarmUp || this.#enclosing?.hasBatchSize) return;
    if (frame === this.#frame && frame) frame.hasBatchSize = true;
    this.#measuring.errors.guard('the batch size', () => this.#measuring.requests.samples(count));
  }

  /** The request goes on by itself, and ends when its result is collected or has stood still for `timeoutSeconds`, if nobody else ends it. */
  open(result: object): void {
    this.#measuring.errors.guard('a stream', () => endWhenAbandoned(result, this));
  }

  /** A chunk of the stream that the request answers with is there. */
  chunk(value?: unknown): void {
    if (this.#isOver) return;
    this.#movedAt = this.#measuring.now();
    this.#operation?.chunk(value, this.#movedAt);
    if (this.#hasChunk || this.#enclosing) return;
    this.#hasChunk = true;
    this.#measuring.errors.guard('the first chunk', () => this.#measuring.requests.firstChunk(this.#movedAt - this.#beganAt));
  }

  /** The request has succeeded, or has the type of error that its result stands for. */
  end(result?: unknown): void {
    if (this.#isOver) return;
    const classify = this.#classifyResult;
    const type = classify && this.#measuring.errors.guard('classifyResult', () => classify(result));
    this.#finish(type, this.#measuring.now(), result);
  }

  /**
   * The request has failed.
   * @param error what tells its type; never recorded itself.
   * @param otherwise the type where the error tells none.
   */
  fail(error: unknown, otherwise: ErrorType = '_OTHER'): void {
    const type = this.#measuring.typeOf(error);
    this.#finish(type === '_OTHER' ? otherwise : type, this.#measuring.now());
  }

  /** The request has failed. @param type one of the known types or of `errorTypes`; any other is `_OTHER`. */
  failAs(type: ErrorType): void {
    this.#finish(type, this.#measuring.now());
  }

  /** Whoever asked has turned away before the end. */
  leave(): void {
    this.failAs('cancelled');
  }

  /** Nobody will end the request; it lasted until its stream last moved. */
  abandon(type: 'cancelled' | 'timeout'): void {
    this.#finish(type, this.#movedAt);
  }

  /** Seconds since the request began or its stream last moved. */
  get quietSeconds(): number {
    return this.#measuring.now() - this.#movedAt;
  }

  get timeoutSeconds(): number {
    return this.#measuring.settings.timeoutSeconds;
  }

  #finish(type: ErrorType | undefined, at: number, result?: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const { errors, requests } = this.#measuring;
    const seconds = at - this.#beganAt;
    if (type === undefined) this.#operation?.succeed(result, at);
    else this.#operation?.fail(requests.knownType(type), at);
    if (this.#enclosing?.isWarmUp) return;
    if (this.#enclosing) {
      errors.guard('a stage', () => requests.stage(this.#stage, seconds));
      return;
    }
    try {
      requests.active.add(-1);
      if (type === undefined) requests.succeeded(seconds);
      else requests.failed(seconds, type);
    } catch (error) {
      errors.report('the end of a request', error);
    }
  }
}
