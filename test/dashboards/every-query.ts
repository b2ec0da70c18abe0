import type { QueryApi } from '../servers/query-api.ts';
import { type DashboardModel, type PlacedQuery, placeOf, queriesOf } from './dashboard-model.ts';
import { problemWith } from './judge.ts';
import { macrosOf, type MacroOptions, substitute, type Substitutions } from './substitute.ts';
import { allOf, choicesOf, resolveVariables } from './variables.ts';

/** What is looked at, as in Grafana's time picker. */
export interface TimeWindow {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly scrapeSeconds: number;
}

export interface Failure {
  readonly store: string;
  /** Dashboard, panel and refId. */
  readonly place: string;
  /** As the store was asked. */
  readonly expression: string;
  readonly problem: string;
}

interface Answered {
  readonly expression: string;
  readonly problem: string | undefined;
}

const AT_A_TIME = 8;

/**
 * Asks a store everything that a dashboard asks: once with `All` of every variable, where each answer has to have something to show, and then with each value
 * of each variable chosen, where every answer has to come, and something has to be there to be shown on each choice.
 */
export async function failuresOf(storeName: string, store: QueryApi, dashboard: DashboardModel, window: TimeWindow): Promise<Failure[]> {
  const failures: Failure[] = [];
  const fail = (place: string, expression: string, problem: string) => failures.push({ store: storeName, place, expression, problem });
  const queries = queriesOf(dashboard);
  const macros = windowMacros(window);
  const variables = await resolveVariables(store, dashboard, macros({}).values).catch((error: unknown) => {
    fail(dashboard.uid, '', String(error));
    return undefined;
  });
  if (variables === undefined) return failures;

  await inParallel(queries, async (query) => {
    const { expression, problem } = await asked(store, query, window, allOf(variables));
    if (problem !== undefined) fail(placeOf(query), expression, problem);
  });

  const known = new Map<string, Promise<Answered>>();
  for (const choice of choicesOf(variables)) {
    let isAnythingShown = false;
    await inParallel(queries, async (query) => {
      // Of a range only the end: what is chosen makes no difference to the rest.
      const instant = { ...query, isInstant: true };
      const key = JSON.stringify([
        query.expression,
        query.minStep,
        Object.entries(choice).filter(([name]) => query.expression.includes(name)),
      ]);
      const isNew = !known.has(key);
      if (isNew) known.set(key, asked(store, instant, window, choice));
      const { expression, problem } = (await known.get(key)) as Answered;
      if (problem === undefined) isAnythingShown = true;
      else if (isNew && !['empty', 'NaN alone'].includes(problem)) fail(placeOf(query), expression, problem);
    });
    if (!isAnythingShown) fail(dashboard.uid, JSON.stringify(choice), 'nothing is shown where this is chosen');
  }
  return failures;
}

function windowMacros({ startSeconds, endSeconds, scrapeSeconds }: TimeWindow) {
  return (options: Partial<MacroOptions>) => macrosOf({ rangeSeconds: endSeconds - startSeconds, scrapeSeconds, ...options });
}

/** An expression as the store is asked it. */
export function expressionOf(query: PlacedQuery, window: TimeWindow, values: Substitutions): string {
  return substitute(query.expression, { ...windowMacros(window)({ minStep: query.minStep }).values, ...values });
}

async function asked(store: QueryApi, query: PlacedQuery, window: TimeWindow, values: Substitutions): Promise<Answered> {
  const { startSeconds, endSeconds } = window;
  try {
    const expression = expressionOf(query, window, values);
    const { stepSeconds } = windowMacros(window)({ minStep: query.minStep });
    const problem = await problemWith(store, { expression, isInstant: query.isInstant, startSeconds, endSeconds, stepSeconds });
    return { expression, problem };
  } catch (error) {
    return { expression: query.expression, problem: String(error) };
  }
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  const worker = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
}
