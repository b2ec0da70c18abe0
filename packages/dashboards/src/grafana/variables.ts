import { type AttributeDefinition, type MetricDefinition, prometheusLabel } from '@modelmeter/core';
import type { Scope } from '../promql/scope.ts';
import type { Vector } from '../promql/vector.ts';
import { DATA_SOURCE, type VariableJson } from './schema.ts';

/** A drop-down whose choice narrows every query on metrics that carry its label. */
export interface LabelVariable {
  readonly name: string;
  readonly title: string;
  /** The label: that of an attribute, or one that Prometheus gives. */
  readonly label: string;
  readonly attribute?: AttributeDefinition;
  /** The series whose values of the label are offered. */
  readonly values: Vector;
}

/** A variable for an attribute; it applies to the metrics that have it. */
export function attributeVariable<L extends string>(
  name: string,
  title: string,
  attribute: AttributeDefinition & { readonly key: L },
  values: Vector<L>,
): LabelVariable {
  return { name, title, label: prometheusLabel(attribute.key), attribute, values };
}

/** A variable for a label that every series has. */
export function targetVariable(label: 'job' | 'instance', title: string, values: Vector): LabelVariable {
  return { name: label, title, label, values };
}

/** What the variables make of a query: those that come later narrow it, as far as its metric carries their labels. */
export function scopeOf(variables: readonly LabelVariable[]): Scope {
  return {
    rateInterval: '$__rate_interval',
    matchers: (definition) => variables.filter((one) => applies(one, definition)).map(({ label, name }) => `${label}=~"$${name}"`),
  };
}

function applies({ attribute }: LabelVariable, { attributes, optionalAttributes = [] }: MetricDefinition): boolean {
  return attribute === undefined || [...attributes, ...optionalAttributes].some(({ key }) => key === attribute.key);
}

export function variablesJson(variables: readonly LabelVariable[]): VariableJson[] {
  return [
    {
      name: 'datasource',
      label: 'Data source',
      type: 'datasource',
      query: 'prometheus',
      options: [],
      refresh: 1,
      regex: '',
      hide: 0,
      multi: false,
      includeAll: false,
      skipUrlSync: false,
    },
    ...variables.map((variable, index) => labelVariableJson(variable, scopeOf(variables.slice(0, index)))),
  ];
}

function labelVariableJson({ name, title, label, values }: LabelVariable, scope: Scope): VariableJson {
  const query = `label_values(${values.render(scope)}, ${label})`;
  return {
    name,
    label: title,
    type: 'query',
    datasource: DATA_SOURCE,
    query,
    definition: query,
    refresh: 2,
    sort: 1,
    regex: '',
    hide: 0,
    multi: true,
    includeAll: true,
    // `.+` would leave out the series of stores that do not have the label.
    allValue: '.*',
    current: { selected: true, text: ['All'], value: ['$__all'] },
    options: [],
    skipUrlSync: false,
  } as VariableJson;
}
