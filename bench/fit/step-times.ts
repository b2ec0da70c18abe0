import { type Spread, spreadOf } from '../measure/spread.ts';

/** Nanoseconds a step by contender, a figure per round: as plain data. */
export type StepTimes = readonly (readonly [name: string, nanoseconds: readonly number[]])[];

/** Fits on one back end, compared. */
export class ComparedFits {
  readonly backend: string;
  readonly names: readonly string[];
  readonly #times: ReadonlyMap<string, readonly number[]>;

  constructor(backend: string, times: StepTimes) {
    this.backend = backend;
    this.names = times.map(([name]) => name);
    this.#times = new Map(times);
  }

  stepsPerSecond(name: string): Spread {
    return spreadOf(this.#of(name).map((nanoseconds) => 1e9 / nanoseconds));
  }

  /** Round by round. */
  percentSlower(name: string, than: string): Spread {
    const peer = this.#of(than);
    return spreadOf(this.#of(name).map((nanoseconds, round) => (nanoseconds / (peer[round] as number) - 1) * 100));
  }

  #of(name: string): readonly number[] {
    return this.#times.get(name) ?? [];
  }
}
