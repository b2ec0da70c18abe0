import type { ErrorType } from './error-types.ts';
import { type InferenceOptions, readOptions } from './inference-options.ts';
import { InferenceSpan, type SpanOptions } from './inference-span.ts';
import { Measuring } from './measuring.ts';
import { newFrame, runIn } from './model-context.ts';
import { runStage } from './stage.ts';
import { watchEnd } from './watch-end.ts';
import { watchCall } from './watch-result.ts';
import { type AnyFunction, type CallOptions, wrap } from './wrap.ts';

export interface RunOptions<Result = unknown> {
  /** Samples of the request. @default none */
  readonly samples?: number;
  /** The type of error that a result stands for; undefined for a good one. */
  readonly classifyResult?: (result: Awaited<Result>) => ErrorType | undefined;
  /** What the request is within another of the same model. @default 'predict' */
  readonly stage?: string;
}

/** What the metrics of a model measure with: for the rest of this package. */
export let measuringOf: (metrics: InferenceMetrics) => Measuring;

/** The metrics of a model in service. What it runs returns and throws exactly what it would without it. */
export class InferenceMetrics {
  readonly #measuring: Measuring;
  #isUsedByHand = false;

  static {
    measuringOf = (metrics) => metrics.#measuring;
  }

  /** @throws TypeError or RangeError that names the option and its value. */
  constructor(options: InferenceOptions) {
    this.#measuring = new Measuring(readOptions(options));
  }

  /** A function whose calls are requests; see `withMetrics`. */
  wrap<F extends AnyFunction>(fn: F, options: CallOptions<F> = {}): F {
    return wrap(this.#measuring, fn, options);
  }

  /** Runs `action` as one request, which lasts until its promise settles or its stream ends. */
  run<R>(action: () => R, { samples, classifyResult, stage }: RunOptions<R> = {}): R {
    this.#useByHand();
    const span = new InferenceSpan(this.#measuring, { stage, classifyResult: classifyResult as SpanOptions['classifyResult'] });
    span.samples(samples);
    return watchCall(action, span);
  }

  /** Begins a request that is ended by hand: `span.end()`, `span.fail(error)`. It stays active until then. */
  begin(options: { readonly stage?: string } = {}): InferenceSpan {
    this.#useByHand();
    return new InferenceSpan(this.#measuring, options);
  }

  /**
   * A place where requests come in, such as the route of a server. Unlike those of `begin` they are known not to lie in each other, also where a model
   * has several such places, which keeps them as cheap as a wrapper.
   * @returns begins a request that is ended by hand.
   */
  entry(): () => InferenceSpan {
    this.#measuring.use.addEntry();
    return () => new InferenceSpan(this.#measuring);
  }

  /** Runs a part of a request and records how long it takes, under a name of a few. Stages may lie within others, or run side by side. */
  stage<R>(name: string, action: () => R): R {
    return runStage(this.#measuring, name, action);
  }

  /**
   * A request takes a place in a queue, as for a batch to come together.
   * @returns to be called when it leaves, which records how long it waited as the stage `queue`; later calls do nothing.
   */
  enqueue(): () => void {
    const { errors, requests } = this.#measuring;
    const beganAt = this.#measuring.now();
    errors.guard('the queue', () => requests.queue.add(1));
    let hasLeft = false;
    return () => {
      if (hasLeft) return;
      hasLeft = true;
      errors.guard('the queue', () => {
        requests.queue.add(-1);
        requests.stage('queue', this.#measuring.now() - beganAt);
      });
    };
  }

  /** Runs `action`, which loads the model, and records how long it takes. */
  load<R>(action: () => R): R {
    const { errors, requests } = this.#measuring;
    const beganAt = this.#measuring.now();
    const loaded = (type: ErrorType | undefined) =>
      errors.guard('loading a model', () => requests.loaded(this.#measuring.now() - beganAt, type));
    return watchCall(
      action,
      watchEnd(
        () => loaded(undefined),
        (error) => loaded(this.#measuring.typeOf(error)),
      ),
    );
  }

  /** Runs `action`, and keeps all that it asks of the model out of the requests. What others ask meanwhile is recorded. */
  warmUp<R>(action: () => R): R {
    const { errors, requests, use } = this.#measuring;
    const beganAt = this.#measuring.now();
    use.addWarmUp(1);
    const frame = newFrame(use, true);
    const ended = () => {
      use.addWarmUp(-1);
      errors.guard('a warm-up', () => requests.warmedUp(this.#measuring.now() - beganAt));
    };
    return watchCall(
      () => runIn(frame, action),
      watchEnd(ended, () => use.addWarmUp(-1)),
    );
  }

  /**
   * The model, or this version of it, is taken out of service: its series end after the registry's grace period, unless others record on them.
   * Requests in flight still count.
   */
  close(): void {
    this.#measuring.requests.end();
  }

  /** Whoever runs or begins one request may do so within another. */
  #useByHand(): void {
    if (this.#isUsedByHand) return;
    this.#isUsedByHand = true;
    this.#measuring.use.addWrapper();
    this.#measuring.use.addWrapper();
  }
}
