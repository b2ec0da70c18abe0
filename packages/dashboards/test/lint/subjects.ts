import type { Catalogue } from './catalogue.ts';
import {
  contentPanels,
  type Dashboard,
  isQueryPanel,
  type Panel,
  type Target,
  type Variable,
  valuesAt,
  variablesOf,
} from './dashboard-json.ts';
import { parse, type Query } from './promql.ts';

/** What dashboards may refer to. */
export interface World {
  readonly catalogue: Catalogue;
  /** All dashboards that are shipped, by uid. */
  readonly shipped: ReadonlyMap<string, Dashboard>;
}

export interface DashboardSubject extends World {
  readonly name: string;
  readonly dashboard: Dashboard;
}

/** A panel but a row. */
export interface PanelSubject extends DashboardSubject {
  readonly panel: Panel;
}

export interface TargetSubject extends PanelSubject {
  readonly target: Target;
}

export interface VariableSubject extends DashboardSubject {
  readonly variable: Variable;
}

/** PromQL, wherever in a dashboard: the fields tell where. */
export interface QuerySubject extends DashboardSubject {
  readonly query: Query;
  readonly panel?: Panel;
  readonly target?: Target;
  readonly variable?: Variable;
  readonly isAnnotation?: true;
}

/** A link to another dashboard or page, wherever in a dashboard. */
export interface LinkSubject extends DashboardSubject {
  readonly url: string;
  /** Set for links at the top, where Grafana adds the time and the variables. */
  readonly keeps?: { readonly time: boolean; readonly variables: boolean };
}

export function panelSubjects(subject: DashboardSubject): PanelSubject[] {
  return contentPanels(subject.dashboard).map((panel) => ({
    ...subject,
    panel,
    name: `${subject.name} / ${panel.title ?? String(panel.id)}`,
  }));
}

export function targetSubjects(subject: DashboardSubject): TargetSubject[] {
  return panelSubjects(subject).flatMap((panel) =>
    (panel.panel.targets ?? []).map((target) => ({ ...panel, target, name: `${panel.name} / ${target.refId ?? '?'}` })),
  );
}

export function variableSubjects(subject: DashboardSubject): VariableSubject[] {
  return variablesOf(subject.dashboard).map((variable) => ({ ...subject, variable, name: `${subject.name} / $${variable.name}` }));
}

export function querySubjects(subject: DashboardSubject): QuerySubject[] {
  const targets = targetSubjects(subject)
    .filter(({ panel, target }) => isQueryPanel(panel) && !isLoki(target))
    .map((one) => ({ ...one, query: parse(one.target.expr ?? '') }));
  const variables = variableSubjects(subject).flatMap((one) => {
    const series = labelValues(one.variable)?.series;
    return series === undefined ? [] : [{ ...one, query: parse(series) }];
  });
  const annotations = (subject.dashboard.annotations?.list ?? [])
    .filter(({ builtIn }) => builtIn !== 1)
    .map(({ name, expr = '' }) => ({
      ...subject,
      name: `${subject.name} / ${name ?? '?'}`,
      query: parse(expr),
      isAnnotation: true as const,
    }));
  return [...targets, ...variables, ...annotations];
}

export const isLoki = ({ datasource }: Target): boolean => datasource?.type === 'loki';

/** The parts of a variable's `label_values(series, label)`. */
export function labelValues({ type, query }: Variable): { readonly series: string; readonly label: string } | undefined {
  const [, series, label] = (type === 'query' && typeof query === 'string' && /^label_values\((.+),\s*(\w+)\)$/s.exec(query)) || [];
  return series === undefined || label === undefined ? undefined : { series, label };
}

export function linkSubjects(subject: DashboardSubject): LinkSubject[] {
  const top = (subject.dashboard.links ?? [])
    .filter(({ type }) => type === 'link')
    .map(({ title = '?', url = '', keepTime = false, includeVars = false }) => ({
      ...subject,
      name: `${subject.name} / ${title}`,
      url,
      keeps: { time: keepTime, variables: includeVars },
    }));
  const inPanels = panelSubjects(subject).flatMap((one) =>
    [...valuesAt('url', one.panel).map(String), ...markdownLinks(one.panel)].map((url) => ({ ...one, url })),
  );
  return [...top, ...inPanels];
}

function markdownLinks({ options }: Panel): string[] {
  const content = options?.['content'];
  return typeof content !== 'string' ? [] : [...content.matchAll(/\]\(([^)]+)\)/g)].map(([, url]) => url as string);
}
