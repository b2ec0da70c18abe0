import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CollectionReader, Registry } from '@modelmeter/core';
import { MetricReader } from '@opentelemetry/sdk-metrics';
import { checkOneOf, checkSeconds } from '../check-option.ts';
import { collectedPage } from './collected-page.ts';
import type { ExpositionFormat } from './exposition-format.ts';
import { inSlices } from './in-slices.ts';
import type { Page } from './page.ts';
import { PageWriter } from './page-writer.ts';
import { respond } from './respond.ts';
import { Warnings } from './warnings.ts';
import { withinTime } from './within-time.ts';

export interface PrometheusReaderOptions {
  readonly registry: Registry;
  /**
   * How long the callback of an SDK's observable instrument may take, in seconds; the page then goes out without it. A collection that takes
   * a second more fails.
   * @default 5
   */
  readonly collectTimeoutSeconds?: number;
}

/**
 * Writes the metrics of a registry, and those of the instruments of the MeterProvider it is given to, for Prometheus. It collects when asked:
 * it holds no timer and no port.
 */
export class PrometheusReader extends MetricReader {
  readonly #registryReader: CollectionReader;
  readonly #collectTimeoutSeconds: number;
  readonly #warnings = new Warnings();
  #collecting: Promise<Page> | undefined;

  /** @throws TypeError or RangeError that names the option and its value. */
  constructor({ registry, collectTimeoutSeconds }: PrometheusReaderOptions) {
    // OpenTelemetry semantic conventions 1.45, otel.component.type.
    super({ otelComponentType: 'prometheus_http_text_metric_exporter' });
    this.#collectTimeoutSeconds = checkSeconds('collectTimeoutSeconds', collectTimeoutSeconds) ?? 5;
    this.#registryReader = registry.openReader();
  }

  /**
   * Answers a scrape, whatever its path, from a `node:http` server of one's own: in the format and encoding that it asks for, with 405 for
   * methods other than GET and HEAD, and with 500 and the reason where collecting fails.
   */
  readonly handler = (request: IncomingMessage, response: ServerResponse): void => {
    void respond(request, response, () => this.#page());
  };

  /** The page. Rejects where collecting fails, as it does before the reader belongs to a MeterProvider and after `shutdown`. */
  async text({ format = 'text' }: { readonly format?: ExpositionFormat } = {}): Promise<string> {
    checkOneOf('format', format, ['text', 'openmetrics']);
    const page = await this.#page();
    const writer = new PageWriter();
    let text = '';
    for await (const piece of inSlices(page.pieces(format, writer))) {
      text += piece.toString();
      writer.reuse(piece);
    }
    return text;
  }

  /** The values of now. Those who ask while a collection runs share it. */
  #page(): Promise<Page> {
    this.#collecting ??= this.#collect().finally(() => {
      this.#collecting = undefined;
    });
    return this.#collecting;
  }

  async #collect(): Promise<Page> {
    const seconds = this.#collectTimeoutSeconds;
    const collected = await withinTime(this.collect({ timeoutMillis: seconds * 1000 }), seconds + 1, 'A collection');
    // Reading all resources takes the better part of a millisecond, and so does each step beside it: they have turns of the event loop of their own.
    await nextTurn();
    const snapshot = this.#registryReader.collect();
    await nextTurn();
    return collectedPage(snapshot, collected, this.#warnings);
  }

  protected override async onShutdown(): Promise<void> {
    this.#registryReader.close();
  }

  /** There is nothing to flush: values are read when asked for. */
  protected override async onForceFlush(): Promise<void> {}
}
