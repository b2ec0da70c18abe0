import type { Failure } from './every-query.ts';

/** A query that may have nothing to show here. */
export interface Exception {
  /** Dashboard, panel and refId, such as `modelmeter-training / Memory (timeseries) / B`. */
  readonly place: string;
  /** Where it has nothing to show. @default every store */
  readonly store?: string;
  /** Whether it may have something to show at other times. @default false */
  readonly sometimes?: boolean;
  readonly reason: string;
}

export const EXCEPTIONS: readonly Exception[] = [
  {
    place: 'modelmeter-training / Memory of tensors (timeseries) / B',
    reason: 'the back end is cpu, which has no memory of a GPU',
  },
  {
    place: 'modelmeter-resources / When file systems will be full (table) / D',
    sometimes: true,
    reason: 'a file system that does not fill up will never be full',
  },
  ...['Alerts that fire (table)', 'When alerts fired (state-timeline)'].map((panel) => ({
    place: `modelmeter-overview / ${panel} / A`,
    store: 'VictoriaMetrics',
    reason: 'rules are evaluated by vmalert, which Debian does not have',
  })),
];

/** What is wrong after all: failures that nothing excuses, and exceptions that nothing needs. One line for each. */
export function unexcused(failures: readonly Failure[], exceptions: readonly Exception[]): string[] {
  const excuses = (exception: Exception, { place, store, problem }: Failure) =>
    exception.place === place && (exception.store ?? store) === store && ['empty', 'NaN alone'].includes(problem);
  const bad = failures.filter((failure) => !exceptions.some((exception) => excuses(exception, failure)));
  const unneeded = exceptions.filter(
    (exception) => exception.sometimes !== true && !failures.some((failure) => excuses(exception, failure)),
  );
  return [
    ...bad.map(({ store, place, expression, problem }) => `${place} on ${store}: ${problem}: ${expression}`),
    ...unneeded.map(({ place, reason }) => `${place}: needs no exception any more: ${reason}`),
  ];
}
