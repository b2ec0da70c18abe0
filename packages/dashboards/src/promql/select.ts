import { type AttributesOf, type AttributeValue, type MetricDefinition, prometheusLabel, prometheusName } from '@modelmeter/core';
import type { Scope } from './scope.ts';
import type { Counter, Vector } from './vector.ts';

type CounterDefinition = MetricDefinition & { readonly instrument: 'counter' };
export type HistogramDefinition = MetricDefinition & { readonly instrument: 'histogram' };
type GaugeDefinition = MetricDefinition & { readonly instrument: 'gauge' | 'updowncounter' };

type OptionalAttribute<D extends MetricDefinition> = D extends { readonly optionalAttributes: readonly (infer A extends { key: string })[] }
  ? A
  : never;

/** The labels of a metric's series, `job` and `instance` among them: those are given by the scrape, or by the resource. */
export type LabelsOf<D extends MetricDefinition> = D['attributes'][number]['key'] | OptionalAttribute<D>['key'] | 'job' | 'instance';

/** A condition on a label: its value, `{ not }` it, or a regular expression of RE2 that it `{ matches }`, or `{ matchesNot }`, as a whole. */
type Condition<V> = V | { readonly not: V } | { readonly matches: string } | { readonly matchesNot: string };

export type Where<D extends MetricDefinition> = {
  readonly [K in keyof AttributesOf<D>]?: Condition<Exclude<AttributesOf<D>[K], undefined>>;
};

/** The series of a gauge or an up-down counter. */
export function gauge<const D extends GaugeDefinition>(definition: D, where?: Where<D>): GaugeSeries<LabelsOf<D>> {
  return series(definition, '', where);
}

/** A gauge's series as they are, and over a range or at an offset. */
export interface GaugeSeries<L extends string> extends Vector<L> {
  render(scope: Scope, range?: string, offset?: string): string;
}

/** The series of a counter. */
export function counter<const D extends CounterDefinition>(definition: D, where?: Where<D>): Counter<LabelsOf<D>> {
  return { ...series(definition, '', where), isCounter: true };
}

/** How often a histogram was recorded to. */
export function countOf<const D extends HistogramDefinition>(definition: D, where?: Where<D>): Counter<LabelsOf<D>> {
  return { ...series(definition, '_count', where), isCounter: true };
}

/** The sum of all that a histogram has recorded. */
export function sumOf<const D extends HistogramDefinition>(definition: D, where?: Where<D>): Counter<LabelsOf<D>> {
  return { ...series(definition, '_sum', where), isCounter: true };
}

/** A histogram's cumulative buckets. */
export function bucketsOf<const D extends HistogramDefinition>(definition: D, where?: Where<D>): Counter<LabelsOf<D> | 'le'> {
  return { ...series(definition, '_bucket', where), isCounter: true };
}

function series(definition: MetricDefinition, suffix: string, where: object = {}): Pick<GaugeSeries<never>, 'render' | 'metrics'> {
  const name = `${prometheusName(definition)}${suffix}`;
  const conditions = Object.entries(where).map(([key, condition]) => matcher(prometheusLabel(key), condition));
  return {
    metrics: [name],
    render(scope, range, offset) {
      const matchers = [...scope.matchers(definition), ...conditions].join(', ');
      const selector = matchers === '' ? name : `${name}{${matchers}}`;
      return `${selector}${range === undefined ? '' : `[${range}]`}${offset === undefined ? '' : ` offset ${offset}`}`;
    },
  };
}

function matcher(label: string, condition: Condition<AttributeValue>): string {
  if (typeof condition !== 'object') return `${label}=${JSON.stringify(String(condition))}`;
  if ('not' in condition) return `${label}!=${JSON.stringify(String(condition.not))}`;
  return 'matches' in condition ? `${label}=~${JSON.stringify(condition.matches)}` : `${label}!~${JSON.stringify(condition.matchesNot)}`;
}
