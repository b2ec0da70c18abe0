import { prometheusLabel } from '@modelmeter/core';
import type { Scope } from '../promql/scope.ts';
import type { Vector } from '../promql/vector.ts';
import { DATA_SOURCE } from './schema.ts';

/** What a series is called in a panel; made by {@link legend}. */
export interface Legend<L extends string> {
  readonly text: string;
  /** Carries the type; never set. */
  readonly labels?: L;
}

/** Text with labels of the series in it, by the dotted names of their attributes: legend`p99 ${'ml.model.name'}`. */
export function legend<const L extends string = never>(texts: TemplateStringsArray, ...labels: readonly L[]): Legend<L> {
  return { text: texts.map((text, i) => text + (i < labels.length ? `{{${prometheusLabel(labels[i] as string)}}}` : '')).join('') };
}

/** A query of a panel. */
export interface Target {
  readonly query: Vector;
  readonly legend: string;
  /** One value for each series, of the end of the time range, instead of a curve. */
  readonly isInstant: boolean;
  /** Least distance between points; for formulas whose windows must not be missed. */
  readonly interval?: string;
}

/** A curve for each series. */
export function curve<L extends string>(query: Vector<L>, name: Legend<NoInfer<L>>): Target {
  return { query, legend: name.text, isInstant: false };
}

/** The value of each series at the end of the time range. */
export function latest<L extends string>(query: Vector<L>, name: Legend<NoInfer<L>> = { text: '' }): Target {
  return { query, legend: name.text, isInstant: true };
}

type Format = 'time_series' | 'table' | 'heatmap';

export function targetJson(
  { query, legend: name, isInstant, interval }: Target,
  index: number,
  scope: Scope,
  format: Format = 'time_series',
) {
  return {
    refId: refId(index),
    datasource: DATA_SOURCE,
    editorMode: 'code',
    expr: query.render(scope),
    legendFormat: name === '' ? '__auto' : name,
    format,
    instant: isInstant,
    range: !isInstant,
    ...(interval === undefined ? {} : { interval }),
  };
}

/** A, B … Z. */
export function refId(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}
