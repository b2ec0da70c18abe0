import type { DashboardModel } from '../dashboard-model.ts';
import { panelsOf, queriesOf } from '../dashboard-model.ts';
import type { Failure, TimeWindow } from '../every-query.ts';
import { substitute, type Substitutions } from '../substitute.ts';
import type { Frame, GrafanaClient, QueryResult } from './grafana-client.ts';

/** Of Grafana, which it fills in itself. */
const MACROS = ['__interval', '__interval_ms', '__rate_interval', '__range', '__range_s', '__range_ms'];
const GRAFANAS_OWN: Substitutions = Object.fromEntries(MACROS.map((name) => [name, `$${name}`]));

/**
 * Has Grafana ask the data source what each panel and annotation of a dashboard asks.
 * @param variables what the variables of the dashboard stand for.
 * @returns what gave an error, nothing, or NaN alone.
 */
export async function failuresInGrafana(
  grafana: GrafanaClient,
  dataSourceUid: string,
  dashboard: DashboardModel,
  variables: Substitutions,
  window: TimeWindow,
): Promise<Failure[]> {
  const formats = new Map(
    panelsOf(dashboard).flatMap(({ targets = [] }) => targets.map(({ expr = '', format }) => [expr, format] as const)),
  );
  const failures: Failure[] = [];
  for (const { dashboard: uid, place, refId, expression, isInstant, minStep } of queriesOf(dashboard)) {
    const expr = substitute(expression, { ...GRAFANAS_OWN, ...variables });
    const query = {
      refId,
      expr,
      instant: isInstant,
      format: formats.get(expression) ?? 'time_series',
      ...(minStep && { interval: minStep }),
    };
    const result = (await grafana.query(dataSourceUid, [query], window))[refId];
    const problem = problemOf(result);
    if (problem !== undefined) failures.push({ store: 'Grafana', place: `${uid} / ${place} / ${refId}`, expression: expr, problem });
  }
  return failures;
}

function problemOf(result: QueryResult | undefined): string | undefined {
  if (result === undefined) return 'no answer';
  if (result.error !== undefined) return `${result.status ?? ''} ${result.error}`.trim();
  const values = (result.frames ?? []).flatMap(numbersOf);
  if (values.length === 0) return 'empty';
  return values.every((value) => typeof value !== 'number' || Number.isNaN(value)) ? 'NaN alone' : undefined;
}

/** What is in the columns of numbers; NaN arrives as null. */
function numbersOf({ schema, data }: Frame): readonly unknown[] {
  const fields = schema?.fields ?? [];
  return (data?.values ?? []).flatMap((column, i) => (fields[i]?.type === 'number' ? column : []));
}
