import { type Spread, spreadOf } from '../measure/spread.ts';

/** Nanoseconds a step by contender, a figure per round: as plain data. */
export type StepTimes = readonly (readonly [name: string, nanoseconds: readonly number[]])[];

/** Of turns of a few steps. */
export interface TurnTimes {
  readonly elapsed: StepTimes;
  readonly processor: StepTimes;
}

/** The means of so many rounds each. */
export function inGroups(rounds: number, times: StepTimes): StepTimes {
  return times.map(([name, nanoseconds]) => [
    name,
    Array.from({ length: Math.floor(nanoseconds.length / rounds) }, (_, i) => {
      return nanoseconds.slice(i * rounds, (i + 1) * rounds).reduce((sum, one) => sum + one) / rounds;
    }),
  ]);
}

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

  percentSlower(name: string, than: string): Spread {
    return spreadOf(this.percentsSlower(name, than));
  }

  /** Round by round. */
  percentsSlower(name: string, than: string): readonly number[] {
    const peer = this.#of(than);
    return this.#of(name).map((nanoseconds, round) => (nanoseconds / (peer[round] as number) - 1) * 100);
  }

  #of(name: string): readonly number[] {
    return this.#times.get(name) ?? [];
  }
}
