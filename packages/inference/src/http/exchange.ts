import type { ErrorType } from '../error-types.ts';
import { InferenceSpan } from '../inference-span.ts';
import type { Measuring } from '../measuring.ts';
import type { HttpOptions } from './http-options.ts';
import { statusErrorType } from './status-error-type.ts';

const NOW = Promise.resolve();

/** A request to a server and its response, which are one request to the model. */
export class Exchange extends InferenceSpan {
  /** The exchange of another model that the same response belongs to. */
  readonly other: Exchange | undefined;
  readonly options: HttpOptions;
  #hasFailed = false;
  #error: unknown;
  #promise: Promise<unknown> | undefined;

  constructor(measuring: Measuring, options: HttpOptions, other: Exchange | undefined) {
    super(measuring);
    this.options = options;
    this.other = other;
  }

  /** Calls what handles the request, and returns or throws what it does. */
  call<Args extends unknown[], R>(handler: (...args: Args) => R, self: unknown, ...args: Args): R {
    try {
      const result = this.isFollowed ? this.within(() => handler.apply(self, args)) : handler.apply(self, args);
      // Other thenables, such as a reply of Fastify or a query of a database, may do something when they are asked.
      if (result instanceof Promise) this.#promise = result;
      return result;
    } catch (error) {
      this.threw(error);
      throw error;
    }
  }

  /** What was thrown on the way; the response tells what became of it. */
  threw(error: unknown): void {
    this.#hasFailed = true;
    this.#error = error;
  }

  /** A piece of the response is sent. */
  override chunk(): void {
    if (this.options.streams) super.chunk();
  }

  /** The response has been sent. */
  responded(status: number): void {
    const { classifyStatus } = this.options;
    const type = classifyStatus ? this.#typeOf(status, classifyStatus) : statusErrorType(status);
    if (type === undefined) this.end();
    else if (status < 500) this.failAs(type);
    else
      this.#askWhy(
        (error) => this.fail(error, type),
        () => this.failAs(type),
      );
  }

  /** The connection has gone before the end of the response: because something failed before, or because the client has left. */
  cutOff(): void {
    this.#askWhy(
      (error) => this.fail(error),
      () => this.leave(),
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

  #typeOf(status: number, classifyStatus: (status: number) => ErrorType | undefined): ErrorType | undefined {
    const known = this.guard('classifyStatus', () => ({ type: classifyStatus(status) }));
    return known ? known.type : statusErrorType(status);
  }
}
