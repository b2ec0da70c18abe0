/** What a rule is shown, and what it is to say of it. */
export interface RuleCase {
  readonly alert: string;
  /** `fires`: what it is for; `quiet`: a near miss, or everyday life; `missing`: what is not there must not mislead it. */
  readonly kind: 'fires' | 'quiet' | 'missing';
  /** A true sentence. */
  readonly story: string;
  /** Samples in promtool's notation, one each minute unless told otherwise, by series. */
  readonly series: Readonly<Record<string, string>>;
  /** When the rule is asked. */
  readonly at: string;
  /** What fires then; of `missing` cases as well, since some rules are there for what is gone. */
  readonly alerts: readonly ExpectedAlert[];
  /** Distance of the samples. @default '1m' */
  readonly interval?: string;
  /** How often rules are evaluated. @default '1m' */
  readonly evaluatedEvery?: string;
}

export interface ExpectedAlert {
  readonly severity: 'critical' | 'warning' | 'info';
  readonly labels: Readonly<Record<string, string>>;
  readonly description: string;
}

/** A series by its name and labels. */
export function series(name: string, labels: Readonly<Record<string, string>>): string {
  const list = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return `${name}{${list.join(', ')}}`;
}

/** What an alert is shown, in several cases. */
export function casesOf(alert: string, cases: readonly Omit<RuleCase, 'alert'>[]): RuleCase[] {
  return cases.map((one) => ({ alert, ...one }));
}
