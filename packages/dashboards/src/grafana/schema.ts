import type * as grafana from '@grafana/schema';

/** A type of Grafana's with its enums as the literals that stand in JSON. */
export type Json<T> = T extends string ? `${T}` : T extends object ? { readonly [K in keyof T]: Json<T[K]> } : T;

export type DashboardJson = Json<grafana.Dashboard>;
export type PanelJson = Json<grafana.Panel>;
export type RowJson = Json<grafana.RowPanel>;
export type VariableJson = Json<grafana.VariableModel>;
export type AnnotationJson = Json<grafana.AnnotationQuery>;
export type LinkJson = Json<grafana.DashboardLink>;
export type ValueMappingJson = Json<grafana.ValueMapping>;

/** The data source that the reader picks: every panel, variable and annotation asks it. */
export const DATA_SOURCE = { type: 'prometheus', uid: '${datasource}' } as const;
