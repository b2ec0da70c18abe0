import type { ServerResponse } from 'node:http';
import { measuringOf } from '../inference-metrics.ts';
import type { Measuring } from '../measuring.ts';
import { carry, lastExchangeOf } from './carrier.ts';
import { Exchange } from './exchange.ts';
import { checkHttpOptions, type HandlerOptions, type Measured, metricsOf } from './http-options.ts';
import { watchResponse } from './response-end.ts';

/** Where requests to a model come in: a handler, or what goes before it. */
export class Entrance<Request> {
  readonly #measuring: Measuring;
  readonly #options: HandlerOptions<Request>;

  /** @throws TypeError or RangeError that names the option and its value. */
  constructor(measured: Measured, options: HandlerOptions<Request>) {
    checkHttpOptions(options);
    this.#measuring = measuringOf(metricsOf(measured));
    this.#options = options;
    this.#measuring.use.addEntry();
  }

  /** The exchange of a response: the one that has been begun before for the same model, or a new one, which is over when the response is. */
  exchangeOf(response: ServerResponse): Exchange {
    const last = lastExchangeOf(response);
    const begun = this.begunOf(response, last);
    if (begun) return begun;
    const exchange = this.begin(response, last);
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
  begunOf(carrier: object, last = lastExchangeOf(carrier)): Exchange | undefined {
    let exchange = last;
    while (exchange && !exchange.isOf(this.#measuring.use)) exchange = exchange.other;
    return exchange;
  }

  /** Begins an exchange that others find with the carrier, and that somebody else ends. */
  begin(carrier: object, other = lastExchangeOf(carrier)): Exchange {
    const exchange = new Exchange(this.#measuring, this.#options, other);
    carry(carrier, exchange);
    return exchange;
  }

  countSamples(exchange: Exchange, request: Request): void {
    const { samples } = this.#options;
    if (samples) exchange.samples(exchange.guard('samples', () => samples(request)));
  }
}
