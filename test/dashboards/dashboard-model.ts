/** As much of a dashboard's JSON as is looked at here: the classic model, schemaVersion 39. */
export interface DashboardModel {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly PanelModel[];
  readonly templating?: { readonly list?: readonly VariableModel[] };
  readonly annotations?: { readonly list?: readonly AnnotationModel[] };
}

export interface PanelModel {
  readonly id?: number;
  readonly type: string;
  readonly title?: string;
  /** At least so much time between two points, such as `15s`. */
  readonly interval?: string;
  readonly targets?: readonly TargetModel[];
  /** Of a row that is collapsed. */
  readonly panels?: readonly PanelModel[];
}

export interface TargetModel {
  readonly refId: string;
  readonly expr?: string;
  readonly instant?: boolean;
  readonly range?: boolean;
  readonly format?: string;
  readonly interval?: string;
  readonly datasource?: unknown;
}

export interface VariableModel {
  readonly name: string;
  readonly type: string;
  readonly query?: string | { readonly query?: string };
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string | null;
}

export interface AnnotationModel {
  readonly name: string;
  readonly expr?: string;
  readonly datasource?: { readonly type?: string; readonly uid?: string } | string | null;
}

/** An expression, and where it stands. */
export interface PlacedQuery {
  readonly dashboard: string;
  /** Of what: title and type of a panel, or the name of an annotation. */
  readonly place: string;
  readonly refId: string;
  readonly panelType: string;
  readonly expression: string;
  readonly isInstant: boolean;
  /** Of the panel or the target, such as `15s`. */
  readonly minStep: string | undefined;
}

/** Every panel but rows, also those in rows that are collapsed. */
export function panelsOf(dashboard: DashboardModel): PanelModel[] {
  return dashboard.panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]).filter(({ type }) => type !== 'row');
}

/** Every expression of every panel and annotation. */
export function queriesOf(dashboard: DashboardModel): PlacedQuery[] {
  const ofPanels = panelsOf(dashboard).flatMap((panel) =>
    (panel.targets ?? []).map((target) => ({
      dashboard: dashboard.uid,
      place: `${panel.title ?? panel.id} (${panel.type})`,
      refId: target.refId,
      panelType: panel.type,
      expression: target.expr ?? '',
      isInstant: target.instant === true,
      minStep: target.interval ?? panel.interval,
    })),
  );
  const ofAnnotations = (dashboard.annotations?.list ?? [])
    .filter(({ expr }) => expr !== undefined)
    .map(({ name, expr = '' }) => ({
      dashboard: dashboard.uid,
      place: `${name} (annotation)`,
      refId: 'Anno',
      panelType: 'annotation',
      expression: expr,
      isInstant: false,
      minStep: undefined,
    }));
  return [...ofPanels, ...ofAnnotations];
}

/** Where a query stands, for people. */
export function placeOf({ dashboard, place, refId }: PlacedQuery): string {
  return `${dashboard} / ${place} / ${refId}`;
}
