/** Trains, as far as metrics go: it sets every metric of a run and ends the run. */
export interface Trainer {
  run(number: number): void;
  /** Has every reader collect. @returns series with a run's id that went out. */
  collect(): Promise<number>;
}

export const RUNS_PER_COLLECTION = 100;

/** Ended runs that our registry keeps, which is its default. */
export const RUNS_KEPT = 20;
