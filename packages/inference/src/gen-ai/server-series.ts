import { attributes as attribute, type BoundHistogram, type RunSeries } from '@modelmeter/core';
import * as metric from '@modelmeter/core/gen-ai-metrics';
import type { GenAiAttributes } from './gen-ai-options.ts';
import type { Answer, GenAiSeries } from './gen-ai-series.ts';
import { HistogramsBy } from './histograms-by.ts';

/** What those record who make the answers themselves: `gen_ai.server.*`. */
export class ServerSeries implements GenAiSeries {
  readonly #run: RunSeries;
  readonly #attributes: GenAiAttributes;
  readonly #duration: HistogramsBy<string | undefined>;
  #timeToFirstToken: BoundHistogram | undefined;
  #timePerOutputToken: BoundHistogram | undefined;

  constructor(run: RunSeries, attributes: GenAiAttributes) {
    this.#run = run;
    this.#attributes = attributes;
    this.#duration = new HistogramsBy((type) => run.bind(metric.serverRequestDuration, { ...attributes, [attribute.errorType.key]: type }));
  }

  // The conventions count tokens here, and only of those that succeed.
  firstChunk(): void {}
  nextChunk(): void {}

  succeeded({ seconds, secondsToFirstToken, outputTokens }: Answer): void {
    this.#duration.of(undefined).record(seconds);
    if (secondsToFirstToken === undefined) return;
    this.#timeToFirstToken ??= this.#run.bind(metric.serverTimeToFirstToken, this.#attributes);
    this.#timeToFirstToken.record(secondsToFirstToken);
    if (outputTokens === undefined || outputTokens < 2) return;
    this.#timePerOutputToken ??= this.#run.bind(metric.serverTimePerOutputToken, this.#attributes);
    this.#timePerOutputToken.record((seconds - secondsToFirstToken) / (outputTokens - 1));
  }

  failed(elapsedSeconds: number, type: string): void {
    this.#duration.of(type).record(elapsedSeconds);
  }
}
