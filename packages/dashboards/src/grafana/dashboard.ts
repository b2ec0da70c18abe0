import type { Panel } from './panel.ts';
import type { Annotation } from './annotations.ts';
import { annotationsJson } from './annotations.ts';
import { layOut, type Row } from './layout.ts';
import type { DashboardJson, LinkJson } from './schema.ts';
import { type LabelVariable, scopeOf, variablesJson } from './variables.ts';

export interface DashboardOptions {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly variables: readonly LabelVariable[];
  readonly annotations?: readonly Annotation[];
  readonly links: readonly LinkJson[];
  /** Panels above the first row. */
  readonly top: readonly Panel[];
  readonly rows: readonly Row[];
  /** @default 'now-1h' */
  readonly from?: string;
}

/** A dashboard in Grafana's classic JSON, schema version 39: Grafana 10.4 and newer take it as it is, by every way. */
export function dashboard(options: DashboardOptions): DashboardJson {
  const { uid, title, description, variables, annotations = [], links, top, rows, from = 'now-1h' } = options;
  const scope = scopeOf(variables);
  return {
    uid,
    title,
    description,
    tags: ['modelmeter'],
    schemaVersion: 39,
    version: 1,
    editable: false,
    graphTooltip: 1,
    refresh: '30s',
    time: { from, to: 'now' },
    timezone: 'browser',
    timepicker: {},
    fiscalYearStartMonth: 0,
    liveNow: false,
    weekStart: '',
    annotations: { list: annotationsJson(annotations, scope) },
    templating: { list: variablesJson(variables) },
    links,
    panels: layOut(top, rows, scope),
  };
}
