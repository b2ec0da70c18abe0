import type { Scope } from '../promql/scope.ts';
import { metricsOf } from '../promql/vector.ts';
import { fieldJson, type FieldOptions } from './field.ts';
import { DATA_SOURCE, type PanelJson } from './schema.ts';
import { type Target, targetJson } from './target.ts';

/** A panel before its dashboard gives it a number and a place. */
export interface Panel {
  readonly title: string;
  /** Of 24 columns. */
  readonly width: number;
  /** Of units of about 30 pixels. */
  readonly height: number;
  build(scope: Scope): Omit<PanelJson, 'id' | 'gridPos'>;
}

export interface PanelOptions {
  readonly title: string;
  /** What it shows, why that matters and what to do about it: whole sentences. The metrics are added. */
  readonly description: string;
  readonly width?: number;
  readonly height?: number;
  /** Where a click on the panel's title or a value leads. */
  readonly links?: readonly PanelLink[];
}

export interface PanelLink {
  readonly title: string;
  readonly url: string;
}

/** The description with the metrics that the panel reads. */
export function describe(description: string, targets: readonly Target[]): string {
  const metrics = metricsOf(targets.map(({ query }) => query));
  return `${description}\n\n${metrics.length > 1 ? 'Metrics' : 'Metric'}: ${metrics.map((name) => `\`${name}\``).join(', ')}`;
}

/** What all panels have that show one kind of value. */
export function valuePanel(
  type: string,
  { title, description, targets, links = [], ...field }: PanelOptions & FieldOptions & { readonly targets: readonly Target[] },
  scope: Scope,
  { options, custom, color }: { options: object; custom?: object; color: 'palette-classic-by-name' | 'thresholds' | 'continuous-GrYlRd' },
): Omit<PanelJson, 'id' | 'gridPos'> {
  return {
    type,
    title,
    description: describe(description, targets),
    datasource: DATA_SOURCE,
    targets: targets.map((target, index) => targetJson(target, index, scope)),
    fieldConfig: {
      defaults: {
        ...fieldJson(field),
        color: { mode: color },
        ...(custom ? { custom: { ...custom } } : {}),
        ...(links.length > 0 ? { links: links.map((link) => ({ ...link, targetBlank: false })) } : {}),
      },
      overrides: [],
    },
    options: { ...options },
  };
}
