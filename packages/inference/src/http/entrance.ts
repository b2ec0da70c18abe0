import type { ServerResponse } from 'node:http';
import type { InferenceMetrics } from '../inference-metrics.ts';
import type { InferenceSpan } from '../inference-span.ts';
import { Exchange } from './exchange.ts';
import { checkHttpOptions, type HandlerOptions, type Measured, metricsOf } from './http-options.ts';
import { watchResponse } from './response-end.ts';

/** Where a response carries the exchanges that it belongs to: one of each model. */
const EXCHANGE = Symbol('modelmeter.exchange');

interface Carrier {
  [EXCHANGE]?: Exchange;
}

/** Where requests to a model come in: a handler, or what goes before it. */
export class Entrance<Request> {
  readonly #metrics: InferenceMetrics;
  readonly #options: HandlerOptions<Request>;
  readonly #begin: () => InferenceSpan;

  /** @throws TypeError or RangeError that names the option and its value. */
  constructor(measured: Measured, options: HandlerOptions<Request>) {
    checkHttpOptions(options);
    this.#metrics = metricsOf(measured);
    this.#options = options;
    this.#begin = this.#metrics.entry();
  }

  /** The exchange of a response: the one that has been begun before for the same model, or a new one, which is over when the response is. */
  exchangeOf(response: ServerResponse): Exchange {
    const begun = this.begunOf(response);
    if (begun) return begun;
    const exchange = this.begin(response);
    watchResponse(response, exchange);
    return exchange;
  }

  /** The same, where the handler is to be called now. */
  enter(response: ServerResponse, request: Request): Exchange {
    const exchange = this.exchangeOf(response);
    this.countSamples(exchange, request);
    return exchange;
  }

  /** The exchange of the same model that has been begun before. */
  begunOf(carrier: object): Exchange | undefined {
    let exchange = (carrier as Carrier)[EXCHANGE];
    while (exchange && !exchange.metrics.isOfSameModel(this.#metrics)) exchange = exchange.other;
    return exchange;
  }

  /** Begins an exchange that others find with the carrier, and that somebody else ends. */
  begin(carrier: object): Exchange {
    const exchange = new Exchange(this.#metrics, this.#begin(), this.#options, (carrier as Carrier)[EXCHANGE]);
    (carrier as Carrier)[EXCHANGE] = exchange;
    return exchange;
  }

  countSamples(exchange: Exchange, request: Request): void {
    const { samples } = this.#options;
    if (samples) exchange.samples(() => samples(request));
  }
}
