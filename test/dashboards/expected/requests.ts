import type { Expected, Known } from '../expected-values.ts';
import { type Facts, VERSIONS } from '../program/facts.ts';
import { ASKED, SERVED } from '../program/storytelling.ts';

/** How versions are told apart in tables. */
export const VERSION = ['ml_model_name', 'ml_model_version'] as const;
export const MODELS = ['sentiment', 'digits', SERVED, ASKED];
export const MODEL_VERSIONS = [
  ...VERSIONS.sentiment.map((version) => `sentiment/${version}`),
  `digits/${VERSIONS.digits[0]}`,
  `${SERVED}/${VERSIONS.storyteller[0]}`,
  `${ASKED}/`,
];

/** The last seconds of a schedule that is uneven: a few requests more or less. */
const UNEVEN = 2;
/** Of 19 questions in a row 5 end in errors; a window of a few seconds has a piece of that. */
export const ERROR_SHARE: Expected = [0.05, 0.6];

/** Requests per second, by what was sent meanwhile; of one version, or of all. */
export function requestRate({ earlier, later }: Known, key?: string): Expected {
  const rate = (requestsOf(later, key) - requestsOf(earlier, key)) / (later.atSeconds - earlier.atSeconds);
  return [rate / UNEVEN - 0.5, rate * UNEVEN + 0.5];
}

export function requestsOf({ requests }: Facts, key?: string, outcomes?: readonly string[]): number {
  return requests
    .filter(
      ({ model, version, outcome }) =>
        (key ?? `${model}/${version}`) === `${model}/${version}` && (outcomes ?? [outcome]).includes(outcome),
    )
    .reduce((sum, { count }) => sum + count, 0);
}

export function errorShareOf(key: string): Expected {
  if (key.startsWith(SERVED)) return 0;
  return key.startsWith(ASKED) ? [0, 1] : [0.01, 0.8];
}
