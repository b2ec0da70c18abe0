import type * as grafana from '@grafana/schema';
import type * as barChart from '@grafana/schema/dist/esm/raw/composable/barchart/panelcfg/x/BarChartPanelCfg_types.gen';
import type * as barGauge from '@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen';
import type * as gauge from '@grafana/schema/dist/esm/raw/composable/gauge/panelcfg/x/GaugePanelCfg_types.gen';
import type * as heatMap from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen';
import type * as histogram from '@grafana/schema/dist/esm/raw/composable/histogram/panelcfg/x/HistogramPanelCfg_types.gen';
import type * as pieChart from '@grafana/schema/dist/esm/raw/composable/piechart/panelcfg/x/PieChartPanelCfg_types.gen';
import type * as stat from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type * as stateTimeline from '@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen';
import type * as table from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type * as text from '@grafana/schema/dist/esm/raw/composable/text/panelcfg/x/TextPanelCfg_types.gen';
import type * as timeSeries from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

// Grafana's published types as they are in JSON: what generated dashboards are checked against by tsc, in grafana-types.test.ts.

/** With each enum as the literals that it stands for, and every field optional where `Fields` says so. */
type Json<T, Fields = 'as published'> = 0 extends 1 & T
  ? unknown
  : T extends string
    ? `${T}`
    : T extends number
      ? `${T}` extends `${infer N extends number}`
        ? N
        : never
      : T extends readonly (infer E)[]
        ? readonly Json<E, Fields>[]
        : T extends object
          ? Fields extends 'optional'
            ? { readonly [K in keyof T]?: Json<T[K], Fields> }
            : { readonly [K in keyof T]: Json<T[K], Fields> }
          : T;

/** Options that are left out have defaults. */
type Options<T> = Json<T, 'optional'>;

interface DataLink {
  readonly title: string;
  readonly url: string;
  readonly targetBlank?: boolean;
}

/** Fields of the published FieldConfig, those that are `unknown` there made precise. */
type Standard = Omit<Json<grafana.FieldConfig>, 'custom' | 'links' | 'thresholds'> & {
  readonly links?: readonly DataLink[];
  readonly thresholds?: { readonly mode: `${grafana.ThresholdsMode}`; readonly steps: readonly { value: number | null; color: string }[] };
};

type Values<T> = T[keyof T];

/** The properties that an override may set: a standard one by its name, one of the panel's own with `custom.` before it. */
type Property<Custom> =
  | Values<{ [K in keyof Standard]-?: { readonly id: K; readonly value: NonNullable<Standard[K]> } }>
  | Values<{ [K in keyof Custom & string]-?: { readonly id: `custom.${K}`; readonly value: NonNullable<Options<Custom[K]>> } }>;

interface PrometheusTarget {
  readonly refId: string;
  readonly datasource: { readonly type: 'prometheus'; readonly uid: string };
  readonly expr: string;
  readonly editorMode?: 'code';
  readonly legendFormat?: string;
  readonly format?: 'time_series' | 'table' | 'heatmap';
  readonly instant: boolean;
  readonly range: boolean;
  readonly exemplar?: boolean;
  readonly interval?: string;
  readonly hide?: boolean;
}

type PublishedPanel = Omit<Json<grafana.Panel>, 'type' | 'options' | 'fieldConfig' | 'targets'>;

interface PanelOf<Type extends string, PanelOptions, Custom> extends PublishedPanel {
  readonly type: Type;
  readonly options: Options<PanelOptions>;
  readonly targets: readonly PrometheusTarget[];
  readonly fieldConfig: {
    readonly defaults: Standard & { readonly custom?: Options<Custom> };
    readonly overrides: readonly { readonly matcher: Json<grafana.MatcherConfig>; readonly properties: readonly Property<Custom>[] }[];
  };
}

interface TextPanel extends PublishedPanel {
  readonly type: 'text';
  readonly options: Json<text.Options>;
}

// Panels without settings for single fields.
type None = Record<string, never>;

type ContentPanel =
  | PanelOf<'timeseries', timeSeries.Options, timeSeries.FieldConfig>
  | PanelOf<'barchart', barChart.Options, barChart.FieldConfig>
  | PanelOf<'piechart', pieChart.Options, pieChart.FieldConfig>
  | PanelOf<'heatmap', heatMap.Options, heatMap.FieldConfig>
  | PanelOf<'stat', stat.Options, None>
  | PanelOf<'gauge', gauge.Options, None>
  | PanelOf<'bargauge', barGauge.Options, None>
  | PanelOf<'table', table.Options, table.FieldConfig>
  | PanelOf<'state-timeline', stateTimeline.Options, stateTimeline.FieldConfig>
  | PanelOf<'histogram', histogram.Options, histogram.FieldConfig>
  | TextPanel;

type Row = Omit<Json<grafana.RowPanel>, 'panels'> & { readonly panels: readonly ContentPanel[] };

/** What Prometheus' data source reads of an annotation: Grafana publishes no type of it. */
interface PrometheusAnnotation {
  readonly expr?: string;
  readonly titleFormat?: string;
  readonly textFormat?: string;
  readonly tagKeys?: string;
  readonly step?: string;
  readonly useValueForTime?: boolean;
}

export interface DashboardJson extends Omit<Json<grafana.Dashboard>, 'panels' | 'templating' | 'annotations'> {
  readonly panels: readonly (ContentPanel | Row)[];
  readonly templating: { readonly list: readonly (Json<grafana.VariableModel> & { readonly definition?: string })[] };
  readonly annotations: { readonly list: readonly (Json<grafana.AnnotationQuery> & PrometheusAnnotation)[] };
}
