/**
 * Classic dashboard JSON as the lint reads it, whoever made it. Fields that a rule itself checks the type of are unknown here; that the
 * others are of Grafana's types is tested in grafana-types.test.ts.
 */
export interface Dashboard {
  readonly id?: unknown;
  readonly uid?: unknown;
  readonly title?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly schemaVersion?: unknown;
  readonly editable?: unknown;
  readonly graphTooltip?: unknown;
  readonly refresh?: unknown;
  readonly time?: { readonly from?: string; readonly to?: string };
  readonly annotations?: { readonly list?: readonly Annotation[] };
  readonly templating?: { readonly list?: readonly Variable[] };
  readonly links?: readonly DashboardLink[];
  readonly panels?: readonly Panel[];
}

export interface DataSource {
  readonly type?: string;
  readonly uid?: string;
}

export interface Annotation {
  readonly name?: string;
  readonly builtIn?: number;
  readonly datasource?: DataSource;
  readonly expr?: string;
  readonly titleFormat?: string;
}

export interface Variable {
  readonly name: string;
  readonly type?: string;
  readonly label?: string;
  readonly query?: unknown;
  readonly datasource?: DataSource;
  readonly refresh?: unknown;
  readonly multi?: unknown;
  readonly includeAll?: unknown;
  readonly allValue?: unknown;
}

/** A link at the top of a dashboard. */
export interface DashboardLink {
  readonly type?: string;
  readonly title?: string;
  readonly url?: string;
  readonly tags?: readonly string[];
  readonly keepTime?: boolean;
  readonly includeVars?: boolean;
}

export interface Panel {
  readonly id?: unknown;
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly collapsed?: unknown;
  readonly repeat?: string;
  readonly panels?: readonly Panel[];
  readonly gridPos?: { readonly x?: number; readonly y?: number; readonly w?: number; readonly h?: number };
  readonly datasource?: DataSource;
  readonly targets?: readonly Target[];
  readonly transformations?: readonly { readonly id?: string; readonly options?: Readonly<Record<string, unknown>> }[];
  readonly fieldConfig?: { readonly defaults?: FieldConfig; readonly overrides?: readonly Override[] };
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface FieldConfig {
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly noValue?: string;
  readonly mappings?: readonly unknown[];
}

export interface Override {
  readonly matcher?: { readonly id?: string; readonly options?: unknown };
  readonly properties?: readonly { readonly id?: string; readonly value?: unknown }[];
}

export interface Target {
  readonly refId?: string;
  readonly datasource?: DataSource;
  readonly expr?: string;
  readonly legendFormat?: string;
  readonly format?: string;
  readonly instant?: boolean;
  readonly hide?: boolean;
}

/** Panels as they lie under the dashboard or a row, rows among them. */
export const topLevel = ({ panels = [] }: Dashboard): readonly Panel[] => panels;

/** All panels but rows, those of collapsed rows included. */
export function contentPanels(dashboard: Dashboard): Panel[] {
  return topLevel(dashboard).flatMap((panel) => (panel.type === 'row' ? (panel.panels ?? []) : [panel]));
}

export const variablesOf = ({ templating }: Dashboard): readonly Variable[] => templating?.list ?? [];

/** Whether it shows the answer to a query: all but text. */
export const isQueryPanel = ({ type }: Panel): boolean => type !== 'text' && type !== 'row';

/** Every string in a value, however deep, keys of objects included. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (Array.isArray(value) ? stringsIn(inner) : [key, ...stringsIn(inner)]));
}

/** Every object in a value that lies under a key of that name, however deep. */
export function valuesAt(key: string, value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [...(name === key ? [inner] : []), ...valuesAt(key, inner)]);
}

/** An option of a panel that is an object. */
export function option({ options }: Panel, name: string): Readonly<Record<string, unknown>> | undefined {
  const value = options?.[name];
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}
