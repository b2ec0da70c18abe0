import { inferenceMetrics as metric, prometheusName } from '@modelmeter/core';
import { max, sum } from '../promql/aggregate.ts';
import { above, add, and, atLeast, atMost, divide, multiply, or, share, subtract, unless } from '../promql/operators.ts';
import { increase, lastSeen, rate } from '../promql/over-time.ts';
import { counter, countOf, gauge } from '../promql/select.ts';
import type { Counter, Vector } from '../promql/vector.ts';
import { message, value } from './message.ts';
import { type Recording, recording } from './recording.ts';
import { type Alert, alert, type RuleGroup, type Severity } from './rule.ts';
import type { Thresholds } from './thresholds.ts';

/**
 * A budget belongs to a model of a job, whichever of its processes answers: instances come and go within the days that it lasts, and one bad
 * instance of ten uses up a tenth.
 */
const ofModel = ['job', 'ml.model.name'] as const;
type OfModel = Vector<(typeof ofModel)[number]>;

/** So many times faster than allowed, over a long window, and over a short one so that the alert ends soon. Google's SRE workbook, chapter 5. */
interface Burn {
  readonly factor: number;
  readonly long: string;
  readonly short: string;
}

const FAST: readonly Burn[] = [
  { factor: 14.4, long: '1h', short: '5m' },
  { factor: 6, long: '6h', short: '30m' },
];
const SLOW: readonly Burn[] = [
  { factor: 3, long: '1d', short: '2h' },
  { factor: 1, long: '3d', short: '6h' },
];

/** What `@modelmeter/inference` leaves out of a budget unless told otherwise. */
const NOT_IN_BUDGET = 'cancelled|invalid_input';

/** A budget whose burn rate is recorded over each window: 1 uses it up in just the time that it is for. */
interface Budget {
  readonly burnRate: (window: string) => Recording<(typeof ofModel)[number]>;
}

/** The rules that call somebody, and those that leave a ticket. */
export function budgetRules({ errorBudget, minimumRequests }: Thresholds): RuleGroup[] {
  const requests = recorded('ml_inference_requests:increase', (window) => requestsOf(increase, window));
  const errors: Budget = { burnRate: recorded(`${named(metric.inferenceErrors)}:burn_rate`, (window) => errorBurn(window, errorBudget)) };
  const misses: Budget = { burnRate: recorded(`${named(metric.inferenceObjectiveMisses)}:burn_rate`, missBurn) };

  const burning = ({ burnRate }: Budget, burns: readonly Burn[]): OfModel =>
    burns
      .map(({ factor, long, short }): OfModel => {
        const isBurning = and(above(burnRate(long), factor), above(burnRate(short), factor));
        return and(isBurning, atLeast(requests(long), minimumRequests));
      })
      .reduce((one, other) => or(one, other));

  const alertsOf = (severity: Severity, burns: readonly Burn[], delay: string): Alert[] => [
    alert({
      name: 'MLInferenceErrorBudgetBurn',
      severity,
      expression: burning(errors, burns),
      for: delay,
      summary: 'More requests fail than the error budget allows.',
      description: message`Requests of ${'ml.model.name'} (${'job'}) use up their error budget ${value.rounded} times as fast as allowed.`,
      dashboard: 'inference',
      panel: 'Errors by type',
    }),
    alert({
      name: 'MLInferenceLatencyBudgetBurn',
      severity,
      // Errors miss the objective too. Where they alone explain it, the other alert tells of them.
      expression: unless(burning(misses, burns), burning(errors, burns)),
      for: delay,
      summary: 'More requests are slow than the objective allows.',
      description: message`Requests of ${'ml.model.name'} (${'job'}) that miss their objective use up its budget ${value.rounded} times as fast as allowed.`,
      dashboard: 'inference',
      panel: 'Burn rate',
    }),
  ];

  const windows = (burns: readonly Burn[]) => burns.flatMap(({ long, short }) => [long, short]);
  const recordings = (burns: readonly Burn[], known: readonly Burn[] = []) => {
    const isNew = (window: string) => !windows(known).includes(window);
    return [
      ...burns
        .map(({ long }) => long)
        .filter((window) => !known.some(({ long }) => long === window))
        .map(requests),
      ...windows(burns)
        .filter(isNew)
        .flatMap((window) => [errors.burnRate(window), misses.burnRate(window)]),
    ];
  };
  return [
    { name: 'modelmeter-inference-budget', recordings: recordings(FAST), alerts: alertsOf('critical', FAST, '2m') },
    {
      name: 'modelmeter-inference-budget-slow',
      recordings: recordings(SLOW, FAST),
      alerts: alertsOf('warning', SLOW, '15m'),
      everyMinutes: 5,
    },
  ];
}

function recorded(name: string, formula: (window: string) => OfModel) {
  return (window: string) => recording(`job_ml_model_name:${name}${window}`, formula(window));
}

function named(definition: typeof metric.inferenceErrors | typeof metric.inferenceObjectiveMisses): string {
  return prometheusName(definition).replace(/_total$/, '');
}

/**
 * Requests that are over. Failures are counted by the counter of errors, which is there from the start: a histogram's series for a type of
 * error begins with the first of them, which no rate sees.
 */
function requestsOf(over: <L extends string>(counter: Counter<L>, window: string) => Vector<L>, window: string): OfModel {
  const successes = countOf(metric.inferenceDuration, { 'error.type': '' });
  return add(sum(over(successes, window), ofModel), sum(over(counter(metric.inferenceErrors), window), ofModel));
}

/** Of a model with an objective the target says how many requests may fail; no more errors count than miss the objective, because its owner says which do. */
function errorBurn(window: string, errorBudget: number): OfModel {
  const failed = counter(metric.inferenceErrors, { 'error.type': { matchesNot: NOT_IN_BUDGET } });
  const errors = sum(rate(failed, window), ofModel);
  const misses = sum(rate(counter(metric.inferenceObjectiveMisses), window), ofModel);
  const requests = requestsOf(rate, window);
  const counted = or(or(atMost(errors, misses), misses), errors);
  return divide(share(counted, requests), or(statedBudget(), add(multiply(requests, 0), errorBudget)));
}

function missBurn(window: string): OfModel {
  const misses = sum(rate(counter(metric.inferenceObjectiveMisses), window), ofModel);
  return divide(share(misses, requestsOf(rate, window)), statedBudget());
}

/** Share of requests that may miss the objective. A process that starts anew does not say for a while. */
function statedBudget(): OfModel {
  return subtract(1, max(lastSeen(gauge(metric.inferenceObjectiveTarget), '1h'), ofModel));
}
