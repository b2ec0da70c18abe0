import type { QueryApi } from '../servers/query-api.ts';
import type { DashboardModel, VariableModel } from './dashboard-model.ts';
import { substitute, type Substitutions } from './substitute.ts';

/** What a variable of a dashboard stands for. */
export interface ResolvedVariable {
  readonly name: string;
  /** What `All` is in an expression. */
  readonly all: string;
  /** Each value as it is written in an expression. */
  readonly values: readonly string[];
}

/** What kinds of variables of Prometheus ask for, of which the last is the newest spelling. */
const LABEL_VALUES = /^label_values\(\s*(?:(.+),)?\s*([a-zA-Z_]\w*)\s*\)$/s;
const QUERY_RESULT = /^query_result\((.+)\)$/s;

/**
 * Asks a store for the values of each variable of kind query, as Grafana does, in the order in which they are declared: what comes later may use what
 * came before, as `All`.
 * @throws an error that names the variable, for one that has no values or that is asked in a way that this does not know.
 */
export async function resolveVariables(store: QueryApi, dashboard: DashboardModel, macros: Substitutions): Promise<ResolvedVariable[]> {
  const resolved: ResolvedVariable[] = [];
  for (const variable of dashboard.templating?.list ?? []) {
    if (variable.type !== 'query') continue;
    const query = substitute(queryOf(variable), { ...macros, ...allOf(resolved) });
    const values = await valuesOf(store, query);
    if (values.length === 0) throw new Error(`variable ${variable.name} of ${dashboard.uid} has no values: ${query}`);
    resolved.push({
      name: variable.name,
      all: variable.allValue ?? `(${values.map(regexEscaped).join('|')})`,
      values: values.map(variable.multi === true || variable.includeAll === true ? regexEscaped : quoteEscaped),
    });
  }
  return resolved;
}

export function allOf(variables: readonly ResolvedVariable[]): Substitutions {
  return Object.fromEntries(variables.map(({ name, all }) => [name, all]));
}

/** As often as the longest list is long, each variable's next value: in all of them together every value is chosen. */
export function choicesOf(variables: readonly ResolvedVariable[]): Substitutions[] {
  const longest = Math.max(0, ...variables.map(({ values }) => values.length));
  return Array.from({ length: longest }, (_, i) =>
    Object.fromEntries(variables.map(({ name, values }) => [name, values[i % values.length] ?? ''])),
  );
}

function queryOf({ query }: VariableModel): string {
  return (typeof query === 'string' ? query : query?.query) ?? '';
}

async function valuesOf(store: QueryApi, query: string): Promise<readonly string[]> {
  const [, match, label] = LABEL_VALUES.exec(query) ?? [];
  if (label !== undefined) return await store.labelValues(label, match);
  const [, expression] = QUERY_RESULT.exec(query) ?? [];
  if (expression === undefined) throw new Error(`nobody knows how to ask for ${query}`);
  return (await store.instant(expression)).map(({ labels, values }) => JSON.stringify([labels, values[0]]));
}

/** As Grafana writes a value of a variable of which several may be chosen: by then in the quotes of PromQL. */
function regexEscaped(value: string): string {
  return value.replace(/[\\^$*+?.()|[\]{}]/g, '\\\\$&');
}

function quoteEscaped(value: string): string {
  return value.replace(/[\\"]/g, '\\$&');
}
