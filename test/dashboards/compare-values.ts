import type { QueryApi } from '../servers/query-api.ts';
import { type DashboardModel, type PlacedQuery, placeOf, queriesOf } from './dashboard-model.ts';
import { expressionOf } from './every-query.ts';
import type { Expectation, Known, Row } from './expected-values.ts';
import { macrosOf } from './substitute.ts';
import { allOf, resolveVariables } from './variables.ts';

/** The panels that show numbers, which are to be true. */
const SHOW_NUMBERS = ['stat', 'gauge', 'bargauge', 'piechart', 'table'];

export type Expectations = Readonly<Record<string, Expectation>>;

/**
 * Compares the numbers that a dashboard shows with what is known.
 * @param expectations by dashboard, panel and refId, such as `modelmeter-training / Goodput (gauge) / A`.
 * @returns a line for each number that is wrong, and for each query that nobody expects anything of.
 */
export async function wrongNumbers(
  storeName: string,
  store: QueryApi,
  dashboard: DashboardModel,
  expectations: Expectations,
  known: Known,
): Promise<string[]> {
  const { window } = known;
  const macros = macrosOf({ rangeSeconds: window.endSeconds - window.startSeconds, scrapeSeconds: window.scrapeSeconds });
  const values = allOf(await resolveVariables(store, dashboard, macros.values));
  const lines = numbersOf(dashboard).map(async (query) => {
    const place = placeOf(query);
    const expectation = expectations[place];
    if (expectation === undefined) return [`${place}: nobody says what it should be: ${query.expression}`];
    if ('notCompared' in expectation) return [];
    const expression = expressionOf(query, window, values);
    const rows = await rowsOf(store, { ...query, expression }, window.startSeconds, window.endSeconds, macros.stepSeconds);
    return expectation.compare(rows, known).map((problem) => `${place} on ${storeName}: ${problem}: ${expression}`);
  });
  return (await Promise.all(lines)).flat();
}

/** Expectations of what is on none of the dashboards. */
export function strayExpectations(expectations: Expectations, dashboards: readonly DashboardModel[]): string[] {
  const places = new Set(dashboards.flatMap((dashboard) => numbersOf(dashboard).map(placeOf)));
  return Object.keys(expectations).filter((place) => !places.has(place));
}

function numbersOf(dashboard: DashboardModel): PlacedQuery[] {
  return queriesOf(dashboard).filter(({ panelType }) => SHOW_NUMBERS.includes(panelType));
}

async function rowsOf(store: QueryApi, query: PlacedQuery, start: number, end: number, step: number): Promise<Row[]> {
  const { expression, isInstant } = query;
  const series = isInstant ? await store.instant(expression, end) : await store.range(expression, { start, end, step });
  return series.flatMap(({ labels, values }) => {
    const value = values.findLast((one) => !Number.isNaN(one));
    return value === undefined ? [] : [{ labels, value }];
  });
}
