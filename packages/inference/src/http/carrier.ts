import type { Exchange } from './exchange.ts';

const EXCHANGE = Symbol('modelmeter.exchange');

/** A response, or what stands for it, which carries the exchanges that it belongs to: one of each model. */
export interface Carrier {
  [EXCHANGE]?: Exchange;
}

/** The last exchange that has begun with a carrier; it knows the others. */
export function lastExchangeOf(carrier: object): Exchange | undefined {
  return (carrier as Carrier)[EXCHANGE];
}

export function carry(carrier: object, exchange: Exchange): void {
  (carrier as Carrier)[EXCHANGE] = exchange;
}
