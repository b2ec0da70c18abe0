/** One series of an instant query's answer. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** One series of an answer, with its values at one or several times. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly values: readonly number[];
}

/** Unix time in seconds; the step in seconds as well. */
export interface QueryRange {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

interface Labelled {
  readonly metric: Readonly<Record<string, string>>;
}

type Point = readonly [time: number, value: string];

type Result =
  | { readonly resultType: 'vector'; readonly result: readonly (Labelled & { readonly value: Point })[] }
  | { readonly resultType: 'matrix'; readonly result: readonly (Labelled & { readonly values: readonly Point[] })[] }
  | { readonly resultType: 'scalar' | 'string'; readonly result: Point };

type Answer<T> = { readonly status: 'success'; readonly data: T } | { readonly status: 'error'; readonly error: string };

/** What Prometheus answers, and all that pass for it. */
export class QueryApi {
  readonly #store: string;
  readonly #url: string;

  /** @param store its name, for errors. */
  constructor(store: string, url: string) {
    this.#store = store;
    this.#url = url;
  }

  /** Instant query, now, of an expression that gives an instant vector. */
  async query(expression: string): Promise<Sample[]> {
    return (await this.instant(expression)).map(({ labels, values }) => ({ labels, value: values[0] ?? NaN }));
  }

  /** Instant query of any expression. @param time Unix time in seconds; now by default. */
  async instant(expression: string, time?: number): Promise<Series[]> {
    const parameters = { query: expression, ...(time === undefined ? {} : { time: String(time) }) };
    return seriesOf(await this.#ask<Result>('query', Object.entries(parameters), expression));
  }

  async range(expression: string, { start, end, step }: QueryRange): Promise<Series[]> {
    const parameters = Object.entries({ query: expression, start: String(start), end: String(end), step: String(step) });
    return seriesOf(await this.#ask<Result>('query_range', parameters, expression));
  }

  /** Values of a label, of the series that match if any do. */
  async labelValues(label: string, match?: string): Promise<readonly string[]> {
    return await this.#ask<string[]>(`label/${label}/values`, match === undefined ? [] : [['match[]', match]], match ?? label);
  }

  async #ask<T>(path: string, parameters: [string, string][], what: string): Promise<T> {
    // Of VictoriaMetrics, which leaves it out by default: answers as of now.
    const search = new URLSearchParams([...parameters, ['nocache', '1']]);
    const response = await fetch(`${this.#url}/api/v1/${path}?${search}`);
    const answer = (await response.json()) as Answer<T>;
    if (answer.status !== 'success') throw new Error(`${this.#store} refuses ${what}: ${answer.error}`);
    return answer.data;
  }
}

function seriesOf(answer: Result): Series[] {
  if (answer.resultType === 'vector') return answer.result.map(({ metric, value }) => ({ labels: metric, values: [numberOf(value)] }));
  if (answer.resultType === 'matrix') return answer.result.map(({ metric, values }) => ({ labels: metric, values: values.map(numberOf) }));
  return [{ labels: {}, values: [numberOf(answer.result)] }];
}

function numberOf([, value]: Point): number {
  return Number(value.replace('Inf', 'Infinity'));
}
