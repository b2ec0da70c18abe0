import type { Facts, RunFacts } from '../program/facts.ts';
import type { Expected } from '../expected-values.ts';

/** How runs are told apart in tables. */
export const RUN = ['ml_model_name', 'ml_run_id'] as const;

export function runKey({ model, runId }: RunFacts): string {
  return `${model}/${runId}`;
}

export function activeRuns({ runs }: Facts): RunFacts[] {
  return runs.filter(({ endedSeconds }) => endedSeconds === undefined);
}

/** What is expected of each of some runs; those of which nothing is, are left out. */
export function ofRuns(runs: readonly RunFacts[], expected: (run: RunFacts) => Expected | undefined): Record<string, Expected> {
  return Object.fromEntries(
    runs.flatMap((run) => {
      const value = expected(run);
      return value === undefined ? [] : [[runKey(run), value] as const];
    }),
  );
}

/** The values of a key that were finite, in the order of the epochs; undefined where there are none. */
export function finiteValues({ epochs }: RunFacts, key: string): number[] | undefined {
  const values = epochs.flatMap((epoch) => epoch[key] ?? []);
  return values.length > 0 ? values : undefined;
}

/** The last value of a key that was finite; of a run that goes on, any of its last ones. */
export function lastValue(run: RunFacts, key: string): Expected | undefined {
  const values = finiteValues(run, key);
  if (values === undefined) return undefined;
  return run.endedSeconds === undefined ? { oneOf: values } : (values.at(-1) ?? NaN);
}
