/** What is written in place of a variable or macro, by its name without the dollar. */
export type Substitutions = Readonly<Record<string, string>>;

const VARIABLE = /\$(\w+)|\$\{(\w+)(?::\w+)?\}|\[\[(\w+)\]\]/g;

/** @throws an error that names a variable that has no value: Grafana would send it to the store as it stands. */
export function substitute(expression: string, values: Substitutions): string {
  return expression.replace(VARIABLE, (written: string, plain?: string, braced?: string, bracketed?: string) => {
    const value = values[plain ?? braced ?? bracketed ?? ''];
    if (value === undefined) throw new Error(`${written} stands for nothing`);
    return value;
  });
}

export interface MacroOptions {
  /** Of the dashboard, in seconds. */
  readonly rangeSeconds: number;
  /** The `Scrape interval` of the data source. */
  readonly scrapeSeconds: number;
  /** `Min interval` of a panel or `Min step` of a target, such as `15s`; it stands in for the scrape interval. */
  readonly minStep?: string | undefined;
  /** Width of the panel. */
  readonly maxDataPoints?: number;
}

/** What Grafana's Prometheus data source puts in the place of its own macros, and the step by which it asks. */
export function macrosOf({ rangeSeconds, scrapeSeconds, minStep, maxDataPoints = 1000 }: MacroOptions) {
  const leastSeconds = minStep === undefined ? scrapeSeconds : secondsOf(minStep, scrapeSeconds);
  const stepSeconds = Math.max(leastSeconds, Math.ceil(rangeSeconds / maxDataPoints));
  const range = Math.round(rangeSeconds);
  return {
    stepSeconds,
    values: {
      __interval: `${stepSeconds}s`,
      __interval_ms: String(stepSeconds * 1000),
      __rate_interval: `${Math.max(stepSeconds + leastSeconds, 4 * leastSeconds)}s`,
      __range: `${range}s`,
      __range_s: String(range),
      __range_ms: String(range * 1000),
    } satisfies Substitutions,
  };
}

const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/** A duration; one that is given by a macro of the interval is that of the scrapes. */
function secondsOf(duration: string, scrapeSeconds: number): number {
  if (duration.startsWith('$')) return scrapeSeconds;
  const [, number, unit = ''] = /^>?(\d+)(ms|[smhd])$/.exec(duration) ?? [];
  const seconds = Number(number) * (UNITS[unit] ?? NaN);
  if (!(seconds > 0)) throw new Error(`${duration} is no duration`);
  return seconds;
}
