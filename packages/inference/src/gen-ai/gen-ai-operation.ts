import type { GenAiMetrics } from './gen-ai-metrics.ts';

/** One call of a language model: when its chunks came, and how many tokens they told of. Never throws. */
export class GenAiOperation {
  readonly #metrics: GenAiMetrics;
  readonly #beganAt: number;
  #lastChunkAt: number | undefined;
  #firstTokenAt: number | undefined;
  #inputTokens: number | undefined;
  #outputTokens: number | undefined;
  #countedTokens: number | undefined;

  constructor(metrics: GenAiMetrics, beganAt: number) {
    this.#metrics = metrics;
    this.#beganAt = beganAt;
  }

  /** A chunk of the answer is there. @param at in seconds of the clock, as all times here. */
  chunk(value: unknown, at: number): void {
    const { series } = this.#metrics;
    const before = this.#lastChunkAt;
    this.#lastChunkAt = at;
    this.#metrics.guard('a chunk', () => (before === undefined ? series.firstChunk(at - this.#beganAt) : series.nextChunk(at - before)));
    const tokens = this.#read(value);
    // Where nobody counts, the first chunk has the first token; some begin with a chunk of none.
    if (tokens === undefined || tokens > 0) this.#firstTokenAt ??= at;
  }

  /** The operation has succeeded. @param result the answer, where it is no stream. */
  succeed(result: unknown, at: number): void {
    if (this.#lastChunkAt === undefined && result !== undefined && result !== null) this.#read(result);
    const firstTokenAt = this.#firstTokenAt;
    this.#metrics.guard('an operation', () =>
      this.#metrics.series.succeeded({
        seconds: at - this.#beganAt,
        secondsToFirstToken: firstTokenAt === undefined ? undefined : firstTokenAt - this.#beganAt,
        inputTokens: this.#inputTokens,
        outputTokens: this.#outputTokens ?? (Number.isNaN(this.#countedTokens) ? undefined : this.#countedTokens),
      }),
    );
  }

  /** The operation has failed, or was left before its end. */
  fail(type: string, at: number): void {
    this.#metrics.guard('an operation', () => this.#metrics.series.failed(at - this.#beganAt, type));
  }

  #read(part: unknown): number | undefined {
    const usage = this.#metrics.usageOf(part);
    this.#inputTokens = usage?.inputTokens ?? this.#inputTokens;
    this.#outputTokens = usage?.outputTokens ?? this.#outputTokens;
    const tokens = this.#metrics.tokensOf(part);
    if (tokens !== undefined) this.#countedTokens = (this.#countedTokens ?? 0) + tokens;
    return tokens;
  }
}
