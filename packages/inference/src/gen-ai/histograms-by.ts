import type { BoundHistogram } from '@modelmeter/core';

/** The series of a histogram that differ in one attribute, each bound with its first value: no series of zeros for what never happens. */
export class HistogramsBy<Value> {
  readonly #bind: (value: Value) => BoundHistogram;
  readonly #bound = new Map<Value, BoundHistogram>();

  /** @param bind called once for each of the few values that there are. */
  constructor(bind: (value: Value) => BoundHistogram) {
    this.#bind = bind;
  }

  of(value: Value): BoundHistogram {
    let histogram = this.#bound.get(value);
    if (!histogram) this.#bound.set(value, (histogram = this.#bind(value)));
    return histogram;
  }
}
