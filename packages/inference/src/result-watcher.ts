/** What is told of a call. Must not throw. */
export interface ResultWatcher {
  /** The call has returned what goes on by itself, and may never be read or awaited. */
  open?(result: object): void;
  /** A stream has yielded. */
  chunk(value: unknown): void;
  /** The call has returned, its promise is fulfilled or its stream has ended. @param value what it returned; of a stream, what that returned. */
  end(value: unknown): void;
  /** The call has thrown, its promise is rejected or its stream has failed. */
  fail(error: unknown): void;
  /** The reader has turned away from the stream before its end. */
  leave(): void;
  /** Runs a step of a stream in the context of the call. */
  within<R>(step: () => R): R;
}
