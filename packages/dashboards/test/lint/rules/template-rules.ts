import { parse } from '../promql.ts';
import type { DashboardSubject, VariableSubject } from '../subjects.ts';
import { type Variable, variablesOf } from '../dashboard-json.ts';

// The template rules of grafana/dashboard-linter 0.2.0.

/** template-datasource-rule */
export function templateHasDataSource({ dashboard }: DashboardSubject): string | undefined {
  const sources = variablesOf(dashboard).filter(({ type }) => type === 'datasource');
  const [only, another] = sources;
  if (!only) return 'there is no variable of type datasource';
  if (another) {
    const bad = sources.find(
      ({ name, query, label }) => name !== `${String(query)}_datasource` || label !== `${titled(query)} data source`,
    );
    return bad && `of several data sources, ${bad.name} (${String(bad.label)}) is not named after its type`;
  }
  if (!['datasource', `${String(only.query)}_datasource`].includes(only.name)) return `the data source's variable is called ${only.name}`;
  return ['Data source', `${titled(only.query)} data source`].includes(only.label ?? '')
    ? undefined
    : `the data source's label is ${String(only.label)}`;
}

/** template-job-rule */
export function templateHasJob({ dashboard }: DashboardSubject): string | undefined {
  return targetVariableProblem(variablesOf(dashboard), 'job', 'Job');
}

/** template-instance-rule */
export function templateHasInstance({ dashboard }: DashboardSubject): string | undefined {
  return targetVariableProblem(variablesOf(dashboard), 'instance', 'Instance');
}

/**
 * The linter wants `.+` for all. Ours is `.*`, which also matches series without the label: not every store of metrics has `job` and `instance`, and
 * there nothing would be shown.
 */
const ALL = '.*';

function targetVariableProblem(variables: readonly Variable[], name: string, label: string): string | undefined {
  if (variables.find(({ type }) => type === 'datasource')?.query !== 'prometheus') return undefined;
  const variable = variables.find((one) => one.name === name);
  if (!variable) return `there is no variable ${name}`;
  if (variable.type !== 'query') return `${name} is of type ${String(variable.type)}`;
  if (!/^\$\{?(prometheus_)?datasource\}?$/.test(variable.datasource?.uid ?? '')) return `${name} does not ask the chosen data source`;
  if (variable.label !== label) return `the label of ${name} is ${String(variable.label)}`;
  if (variable.multi !== true || variable.includeAll !== true) return `${name} takes one value only`;
  return variable.allValue === ALL ? undefined : `${name} asks for ${String(variable.allValue)} when all are chosen`;
}

/** template-label-promql-rule */
export function variableQueryParses({ variable: { type, query } }: VariableSubject): string | undefined {
  if (type !== 'query') return undefined;
  if (typeof query !== 'string') return 'the query is no string';
  const [, call = '', argument = ''] = /^([a-z_]+)\((.+)\)$/s.exec(query) ?? [];
  if (!['label_names', 'label_values', 'metrics', 'query_result'].includes(call)) return `${query} is no query of variables`;
  if (call === 'metrics') return undefined;
  const series = call === 'label_values' ? argument.replace(/,\s*\w+$/, '') : argument;
  const { error } = parse(series);
  return error && `${series} does not parse: ${error}`;
}

/** template-on-time-change-reload-rule */
export function variableFollowsTime({ variable: { type, refresh } }: VariableSubject): string | undefined {
  return type !== 'query' || refresh === 2 ? undefined : 'it is not asked anew when the time range changes';
}

const titled = (text: unknown) => String(text).replace(/^./, (first) => first.toUpperCase());
