/** What a total may go back by and still be the same count; more is a new count, as after a CPU was taken out. */
const TOLERANCE_SECONDS = 3;

/** Keeps totals from going back a little: the kernel corrects times of idle CPUs (proc_stat(5)), which would look like a restart of the counter. */
export class SteadyTotals {
  readonly #last = new Map<string, number>();

  keep(name: string, total: number): number {
    const last = this.#last.get(name);
    if (last !== undefined && total < last && last - total <= TOLERANCE_SECONDS) return last;
    this.#last.set(name, total);
    return total;
  }
}
