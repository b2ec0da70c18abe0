import { check } from '../check.ts';
import { type Clock, systemClock } from '../clock.ts';
import { type Naming, otelNaming } from '../naming.ts';
import { checkBounds } from './check-bounds.ts';

export interface RegistryOptions {
  /**
   * Attribute sets that a metric may have, the overflow series included; an integer from 2.
   * @default 2000
   */
  readonly maxSeriesPerMetric?: number;
  /** Distinct values by key of an open attribute, in place of the numbers of the definitions; integers from 1. */
  readonly attributeLimits?: Readonly<Record<string, number>>;
  /** Bucket bounds by metric name, in place of those of the definitions. */
  readonly bounds?: Readonly<Record<string, readonly number[]>>;
  /**
   * How long the series of an ended run are still exported, in seconds ≥ 0.
   * @default 300
   */
  readonly keepEndedRunsSeconds?: number;
  /**
   * How many ended runs are still exported; an integer from 0.
   * @default 20
   */
  readonly keepEndedRuns?: number;
  /**
   * What instruments are called on the way out: `portableNaming` gives them their final Prometheus names, for back ends that translate nothing.
   * @default otelNaming
   */
  readonly naming?: Naming;
  /** @default systemClock */
  readonly clock?: Clock;
}

export type RegistrySettings = Required<RegistryOptions>;

/** @throws RangeError that names the option and its value. */
export function readRegistryOptions(options: RegistryOptions): RegistrySettings {
  const { maxSeriesPerMetric = 2000, attributeLimits = {}, bounds = {}, naming = otelNaming, clock = systemClock } = options;
  const { keepEndedRunsSeconds = 300, keepEndedRuns = 20 } = options;
  checkInteger('maxSeriesPerMetric', maxSeriesPerMetric, 2);
  checkInteger('keepEndedRuns', keepEndedRuns, 0);
  for (const [key, limit] of Object.entries(attributeLimits)) checkInteger(`attributeLimits["${key}"]`, limit, 1);
  check(
    typeof keepEndedRunsSeconds === 'number' && keepEndedRunsSeconds >= 0,
    'keepEndedRunsSeconds',
    keepEndedRunsSeconds,
    'a number ≥ 0',
  );
  for (const [name, given] of Object.entries(bounds)) checkBounds(`bounds["${name}"]`, given);
  checkNaming(naming);
  return { maxSeriesPerMetric, attributeLimits, bounds, keepEndedRunsSeconds, keepEndedRuns, naming, clock };
}

function checkInteger(option: string, value: number, least: number): void {
  check(Number.isInteger(value) && value >= least, option, value, `an integer from ${least}`);
}

export function checkNaming(naming: Naming): void {
  check(typeof naming?.metricName === 'function', 'naming', naming, 'a Naming');
}
