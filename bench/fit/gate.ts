/** Stops a fit again and again, and keeps the time that it has not been stopped for. */
export class Gate {
  #onArrival = () => {};
  #open = () => {};
  #stoppedAt = performance.now();
  #stoppedMilliseconds = 0;

  /** The time of the fit: it stands still while the fit is stopped. */
  now(): number {
    return performance.now() - this.#stoppedMilliseconds;
  }

  /** Lets the fit go on, and resolves when it comes to the gate again. */
  pass(): Promise<void> {
    return new Promise((resolve) => {
      this.#onArrival = resolve;
      this.#stoppedMilliseconds += performance.now() - this.#stoppedAt;
      this.#open();
    });
  }

  /** The fit has come to the gate; resolves when it may go on. */
  arrive(): Promise<void> {
    this.#stoppedAt = performance.now();
    this.#onArrival();
    return new Promise((resolve) => (this.#open = resolve));
  }
}
