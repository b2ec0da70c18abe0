import type { Expectations } from '../compare-values.ts';
import { each, type Expected, type Expectation, type Known, one } from '../expected-values.ts';
import { type Facts, PLANNED_EPOCHS, type RunFacts } from '../program/facts.ts';
import { activeRuns, finiteValues, lastValue, ofRuns, RUN, runKey } from './runs.ts';

const place = (panel: string, refId = 'A') => `modelmeter-training / ${panel} / ${refId}`;

const STEPS_PER_EPOCH = 3;
/** A step takes 0.4 s, and a scrape comes once a second; VictoriaMetrics answers a second later. */
export const SINCE_LAST_STEP_SECONDS: Expected = [0, 4];
/** What lies between the program's clock and the beginning and end that tfjs tells. */
const MARGIN_SECONDS = 1;

const runIn = ({ runs }: Facts, { runId }: RunFacts) => runs.find((run) => run.runId === runId);
const sinceEarlier = (count: (run: RunFacts) => number, { earlier }: Known, run: RunFacts): Expected => [
  count(runIn(earlier, run) ?? run),
  count(run),
];
const growingOfActive = (count: (run: RunFacts) => number): Expectation =>
  each(RUN, (known) => ofRuns(activeRuns(known.later), (run) => sinceEarlier(count, known, run)));
const progressOf = ({ steps }: RunFacts) => steps / (PLANNED_EPOCHS * STEPS_PER_EPOCH);

/** Columns of the runs that have begun and not ended, by refId. */
export const inProgress: readonly (readonly [string, Expectation])[] = [
  ['A', growingOfActive(({ epochs }) => epochs.length)],
  ['B', growingOfActive(progressOf)],
  ['D', each(RUN, ({ later }) => ofRuns(activeRuns(later), (run) => lastValue(run, 'loss')))],
  ['E', each(RUN, ({ later }) => ofRuns(activeRuns(later), (run) => lastValue(run, 'val_acc')))],
];

function secondsLeft({ earlier, later }: Known): Expected {
  const run = activeRuns(later)[0] as RunFacts;
  const left = (one: RunFacts, atSeconds: number) => ((atSeconds - run.startedSeconds) * (1 - progressOf(one))) / progressOf(one);
  return [0.5 * left(run, later.atSeconds), 2 * left(runIn(earlier, run) ?? run, earlier.atSeconds)];
}

export const timeLeft = each(RUN, (known) => ofRuns(activeRuns(known.later), () => secondsLeft(known)));

const ACTIVITIES = ['compile', 'compute', 'data_wait', 'validation', 'checkpoint', 'callback', 'other'];

/** Together they are the time of all runs. They are told apart by the clock that is looked at here; that callbacks wait the longest is certain. */
const activities: Expectation = {
  compare(rows, known) {
    const { later } = known;
    const seconds = later.runs.reduce((sum, run) => sum + (run.endedSeconds ?? later.atSeconds) - run.startedSeconds, 0);
    const ofOne = (activity: string): [string, Expected] => [activity, activity === 'callback' ? [0.3 * seconds, seconds] : [0, seconds]];
    const together = { labels: {}, value: rows.reduce((sum, { value }) => sum + value, 0) };
    return [
      ...each(['ml_training_activity'], () => Object.fromEntries(ACTIVITIES.map(ofOne))).compare(rows, known),
      ...one(() => [0.8 * seconds, 1.1 * seconds]).compare([together], known),
    ];
  },
};

export const training: Expectations = {
  [place('Runs in progress (stat)')]: one(({ later }) => activeRuns(later).length),
  [place('Progress (stat)')]: one((known) => sinceEarlier(progressOf, known, activeRuns(known.later)[0] as RunFacts)),
  [place('Time left (stat)')]: one(secondsLeft),
  [place('Since the last step (stat)')]: one(() => SINCE_LAST_STEP_SECONDS),
  // Three steps of 20 samples in 1.2 s.
  [place('Throughput (stat)')]: one(() => [20, 60]),
  [place('Non-finite values (stat)')]: one(({ later }) => later.runs.reduce((sum, { nonFinite }) => sum + nonFinite, 0)),
  [place('Runs compared (table)', 'A')]: each(
    [...RUN, 'ml_training_result', 'ml_training_optimizer', 'ml_training_batch_size'],
    ({ later }) =>
      Object.fromEntries(later.runs.map((run) => [[runKey(run), run.result ?? '', run.optimizer, run.batchSize ?? ''].join('/'), 1])),
  ),
  [place('Runs compared (table)', 'B')]: each(RUN, ({ later }) =>
    ofRuns(later.runs, ({ startedSeconds }) => [1000 * startedSeconds, 1000 * (startedSeconds + MARGIN_SECONDS)]),
  ),
  [place('Runs compared (table)', 'C')]: each(RUN, ({ earlier, later }) =>
    ofRuns(later.runs, ({ startedSeconds, endedSeconds }) => [
      (endedSeconds ?? earlier.atSeconds) - startedSeconds - MARGIN_SECONDS,
      (endedSeconds ?? later.atSeconds) - startedSeconds,
    ]),
  ),
  [place('Runs compared (table)', 'D')]: each(RUN, (known) =>
    // Before its first epoch has ended a run has none.
    ofRuns(known.later.runs, (run) => (run.epochs.length === 0 ? undefined : sinceEarlier(({ epochs }) => epochs.length, known, run))),
  ),
  [place('Runs compared (table)', 'E')]: each(RUN, ({ later }) => ofRuns(later.runs, (run) => lastValue(run, 'loss'))),
  [place('Runs compared (table)', 'F')]: each(RUN, ({ later }) => ofRuns(later.runs, (run) => lastValue(run, 'val_loss'))),
  // Of what was scraped, which is not every epoch.
  [place('Runs compared (table)', 'G')]: each(RUN, ({ later }) => ofRuns(later.runs, (run) => anyValue(run, 'val_loss'))),
  [place('Runs compared (table)', 'H')]: each(RUN, ({ later }) => ofRuns(later.runs, (run) => lastValue(run, 'val_acc'))),
  [place('Runs compared (table)', 'I')]: each(RUN, ({ later }) => ofRuns(later.runs, (run) => anyValue(run, 'val_acc'))),
  [place('Results of runs (piechart)')]: each(['ml_training_result'], ({ later }) => countBy(later.runs.map(({ result }) => result))),
  [place('Mean duration of runs (bargauge)')]: each(['ml_model_name', 'ml_training_result'], ({ later }) => meanDurations(later.runs)),
  [place('Time by activity (piechart)')]: activities,
  [place('Goodput (gauge)')]: each(['ml_model_name'], ({ later }) =>
    Object.fromEntries([...new Set(later.runs.map(({ model }) => model))].map((model) => [model, [0, 0.5]])),
  ),
  [place('Runs that failed (table)')]: each(['ml_model_name', 'ml_training_result', 'error_type'], ({ later }) =>
    countBy(
      later.runs
        .filter(({ result }) => result !== undefined && ['failure', 'non_finite', 'cancelled'].includes(result))
        .map(({ model, result, error }) => [model, result, error ?? ''].join('/')),
    ),
  ),
};

function anyValue(run: RunFacts, key: string): Expected | undefined {
  const values = finiteValues(run, key);
  return values && { oneOf: values };
}

function countBy(keys: readonly (string | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) if (key !== undefined) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

/** By model and result, of the runs that have ended. */
function meanDurations(runs: readonly RunFacts[]): Record<string, Expected> {
  const ended = runs.flatMap(({ model, result, startedSeconds, endedSeconds }) =>
    result === undefined || endedSeconds === undefined ? [] : [[`${model}/${result}`, endedSeconds - startedSeconds] as const],
  );
  return Object.fromEntries(
    [...new Set(ended.map(([key]) => key))].map((key) => {
      const seconds = ended.flatMap(([one, duration]) => (one === key ? [duration] : []));
      const mean = seconds.reduce((sum, one) => sum + one, 0) / seconds.length;
      return [key, [mean - MARGIN_SECONDS, mean + MARGIN_SECONDS]];
    }),
  );
}
