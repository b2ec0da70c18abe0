/** An operation that has succeeded. */
export interface Answer {
  readonly seconds: number;
  /** Of a stream: how long its first token took. */
  readonly secondsToFirstToken: number | undefined;
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
}

/** The series of one role. Nothing here is guarded. */
export interface GenAiSeries {
  /** The first chunk of a stream is there, so long after the request. */
  firstChunk(elapsedSeconds: number): void;
  /** A further chunk is there, so long after the one before it. */
  nextChunk(elapsedSeconds: number): void;
  succeeded(answer: Answer): void;
  /** @param type one of the known types or of `errorTypes`. */
  failed(elapsedSeconds: number, type: string): void;
}
