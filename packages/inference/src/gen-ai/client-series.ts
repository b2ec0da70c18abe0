import { attributes as attribute, type BoundHistogram, type RunSeries } from '@modelmeter/core';
import * as metric from '@modelmeter/core/gen-ai-metrics';
import type { GenAiAttributes } from './gen-ai-options.ts';
import type { Answer, GenAiSeries } from './gen-ai-series.ts';
import { HistogramsBy } from './histograms-by.ts';

/** What those record who ask others for answers: `gen_ai.client.*`. */
export class ClientSeries implements GenAiSeries {
  readonly #run: RunSeries;
  readonly #attributes: GenAiAttributes;
  readonly #duration: HistogramsBy<string | undefined>;
  readonly #tokens: HistogramsBy<'input' | 'output'>;
  #timeToFirstChunk: BoundHistogram | undefined;
  #timePerOutputChunk: BoundHistogram | undefined;

  constructor(run: RunSeries, attributes: GenAiAttributes) {
    this.#run = run;
    this.#attributes = attributes;
    this.#duration = new HistogramsBy((type) =>
      run.bind(metric.clientOperationDuration, { ...attributes, [attribute.errorType.key]: type }),
    );
    this.#tokens = new HistogramsBy((type) => run.bind(metric.clientTokenUsage, { ...attributes, [attribute.genAiTokenType.key]: type }));
  }

  firstChunk(elapsedSeconds: number): void {
    this.#timeToFirstChunk ??= this.#run.bind(metric.clientTimeToFirstChunk, this.#attributes);
    this.#timeToFirstChunk.record(elapsedSeconds);
  }

  nextChunk(elapsedSeconds: number): void {
    this.#timePerOutputChunk ??= this.#run.bind(metric.clientTimePerOutputChunk, this.#attributes);
    this.#timePerOutputChunk.record(elapsedSeconds);
  }

  succeeded({ seconds, inputTokens, outputTokens }: Answer): void {
    this.#duration.of(undefined).record(seconds);
    if (inputTokens !== undefined) this.#tokens.of('input').record(inputTokens);
    if (outputTokens !== undefined) this.#tokens.of('output').record(outputTokens);
  }

  // Tokens have no attribute that would tell those of failures apart: they would spoil the distribution.
  failed(elapsedSeconds: number, type: string): void {
    this.#duration.of(type).record(elapsedSeconds);
  }
}
