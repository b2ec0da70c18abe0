import type { MetricDefinition } from '@modelmeter/core';

/** Where a formula is used: the same one serves a panel, whose variables choose the series, and an alert rule, which looks at all of them. */
export interface Scope {
  /** Label matchers for the series of a metric, such as `job=~"$job"`. */
  matchers(definition: MetricDefinition): readonly string[];
  /** Range over which rates are taken where the formula names none, such as `$__rate_interval`. */
  readonly rateInterval: string;
  /** Whether the results of our recording rules can be read; else their formulas stand in their place. */
  readonly hasRecordings?: boolean;
}

/** Every series there is; rates over five minutes. */
export const everywhere: Scope = { matchers: () => [], rateInterval: '5m' };
