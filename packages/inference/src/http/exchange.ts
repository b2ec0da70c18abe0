import type { ErrorType } from '../error-types.ts';
import type { InferenceMetrics } from '../inference-metrics.ts';
import type { InferenceSpan } from '../inference-span.ts';
import type { HttpOptions } from './http-options.ts';
import { statusErrorType } from './status-error-type.ts';

const NOW = Promise.resolve();

/** A request to a server and its response, which are one request to the model. */
export class Exchange {
  readonly metrics: InferenceMetrics;
  /** The exchange of another model that the same response belongs to. */
  readonly other: Exchange | undefined;
  readonly #span: InferenceSpan;
  readonly #classifyStatus: (status: number) => ErrorType | undefined;
  #hasFailed = false;
  #error: unknown;
  #promise: Promise<unknown> | undefined;
  /** Whether the first piece of the response is waited for. */
  awaitsChunk: boolean;

  constructor(
    metrics: InferenceMetrics,
    span: InferenceSpan,
    { classifyStatus = statusErrorType, streams = false }: HttpOptions,
    other?: Exchange,
  ) {
    this.metrics = metrics;
    this.other = other;
    this.#span = span;
    this.#classifyStatus = classifyStatus;
    this.awaitsChunk = streams;
  }

  /** Calls what handles the request, and returns or throws what it does. */
  call<Args extends unknown[], R>(handler: (...args: Args) => R, self: unknown, ...args: Args): R {
    try {
      const result = this.#span.isFollowed ? this.#span.within(() => handler.apply(self, args)) : handler.apply(self, args);
      // Other thenables, such as a reply of Fastify or a query of a database, may do something when they are asked.
      if (result instanceof Promise) this.#promise = result;
      return result;
    } catch (error) {
      this.threw(error);
      throw error;
    }
  }

  samples(count: () => number | undefined): void {
    this.#span.samples(this.#span.guard('samples', count));
  }

  /** What was thrown on the way; the response tells what became of it. */
  threw(error: unknown): void {
    this.#hasFailed = true;
    this.#error = error;
  }

  /** A piece of the response is sent. */
  chunk(): void {
    if (!this.awaitsChunk) return;
    this.awaitsChunk = false;
    this.#span.chunk();
  }

  /** The response has been sent. */
  responded(status: number): void {
    const type = this.#classifyStatus === statusErrorType ? statusErrorType(status) : this.#typeOf(status);
    if (type === undefined) this.#span.end();
    else if (status < 500) this.#span.failAs(type);
    else
      this.#askWhy(
        (error) => this.#span.fail(error, type),
        () => this.#span.failAs(type),
      );
  }

  /** The connection has gone before the end of the response: because something failed before, or because the client has left. */
  cutOff(): void {
    this.#askWhy(
      (error) => this.#span.fail(error),
      () => this.#span.leave(),
    );
  }

  /**
   * Nobody asks the promise of a handler for its error before there is reason to: most requests succeed, and it is the server's to handle. A promise that
   * has not settled by now is no reason: a handler may fail, or wait for ever, because its client has left.
   */
  #askWhy(because: (error: unknown) => void, unknown: () => void): void {
    if (this.#hasFailed) because(this.#error);
    else if (this.#promise) Promise.race([this.#promise, NOW]).then(unknown, because);
    else unknown();
  }

  #typeOf(status: number): ErrorType | undefined {
    const known = this.#span.guard('classifyStatus', () => ({ type: this.#classifyStatus(status) }));
    return known ? known.type : statusErrorType(status);
  }
}
