import type { QueryApi, Series } from '../servers/query-api.ts';

/** What is wrong with an answer; undefined where a panel could show it. */
function problemOf(answer: readonly Series[]): string | undefined {
  if (answer.every(({ values }) => values.length === 0)) return 'empty';
  return answer.every(({ values }) => values.every(Number.isNaN)) ? 'NaN alone' : undefined;
}

export interface Question {
  readonly expression: string;
  readonly isInstant: boolean;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly stepSeconds: number;
}

/** Asks a store, and says what is wrong with the answer: an error, nothing there, or NaN alone. */
export async function problemWith(store: QueryApi, question: Question): Promise<string | undefined> {
  try {
    return problemOf(await ask(store, question));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function ask(store: QueryApi, { expression, isInstant, startSeconds, endSeconds, stepSeconds }: Question): Promise<Series[]> {
  if (isInstant) return await store.instant(expression, endSeconds);
  return await store.range(expression, { start: startSeconds, end: endSeconds, step: stepSeconds });
}
