/**
 * Does things one after another, each in a turn of the event loop of its own: code that runs for the first time is compiled, so that small things
 * take a good part of a millisecond each.
 */
export class TurnByTurn {
  readonly #steps: (() => void)[] = [];
  #next: NodeJS.Immediate | undefined;

  /** @param step must not throw. */
  add(step: () => void): void {
    this.#steps.push(step);
    this.#next ??= this.#schedule();
  }

  /** What has not been done yet never is. */
  stop(): void {
    this.#steps.length = 0;
    clearImmediate(this.#next);
    this.#next = undefined;
  }

  #schedule(): NodeJS.Immediate {
    return setImmediate(() => {
      const step = this.#steps.shift();
      this.#next = this.#steps.length > 0 ? this.#schedule() : undefined;
      step?.();
    });
  }
}
