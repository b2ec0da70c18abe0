/** Adds up the wall time of what runs inside it. */
export class Stopwatch {
  seconds = 0;

  time<T>(action: () => T): T {
    const startedAt = performance.now();
    try {
      return action();
    } finally {
      this.#addSince(startedAt);
    }
  }

  async timeAsync<T>(action: () => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    try {
      return await action();
    } finally {
      this.#addSince(startedAt);
    }
  }

  #addSince(startedAt: number): void {
    this.seconds += (performance.now() - startedAt) / 1000;
  }
}
