/** What an attribute's value may be: one of the OpenTelemetry primitive types. Arrays are not attributes of a metric here. */
export type AttributeValue = string | number | boolean;

/** One attribute, defined once and named by metrics. */
export interface AttributeDefinition {
  /** Dotted key, `[a-z][a-z0-9_.]*`. */
  readonly key: string;
  /** The closed list of values. Without it any value of the attribute's type is allowed, up to {@link limit} distinct ones. */
  readonly values?: readonly AttributeValue[];
  /** How many distinct values a registry keeps; a further one is recorded as `_OTHER` and counted. No limit when absent. */
  readonly limit?: number;
  /** Another attribute of the same metrics, within each value of which {@link limit} counts anew. */
  readonly limitPer?: AttributeDefinition;
  /** Carries the type of an open attribute's values, where that is not `string`; never set. */
  readonly type?: AttributeValue;
}

export type InstrumentKind = 'counter' | 'updowncounter' | 'gauge' | 'histogram';

/** One metric, defined once: instruments, docs, Prometheus names, dashboards and rules are derived from this record. `defineMetric` checks it. */
export interface MetricDefinition {
  /** Dotted OpenTelemetry name, without unit and without `total`. */
  readonly name: string;
  readonly instrument: InstrumentKind;
  /** UCUM unit: `s`, `By`, `1` (0–1 ratios of gauges only), `Cel`, `W`, `J`, `{annotation}` or empty. */
  readonly unit: string;
  readonly description: string;
  /** Attributes that every series of the metric carries. */
  readonly attributes: readonly AttributeDefinition[];
  /** Attributes that a series may carry. */
  readonly optionalAttributes?: readonly AttributeDefinition[];
  /** Upper bounds of a histogram's buckets, inclusive, ascending; the last bucket, up to +Inf, is implied. */
  readonly bounds?: readonly number[];
  /** @default 'development': the metric may change. */
  readonly stability?: 'development' | 'stable';
}

type ValueOf<A extends AttributeDefinition> = A extends { readonly values: readonly (infer V)[] }
  ? V
  : A extends { readonly type?: infer T }
    ? Exclude<T, undefined>
    : string;

type OptionalAttribute<D extends MetricDefinition> = D extends {
  readonly optionalAttributes: readonly (infer A extends AttributeDefinition)[];
}
  ? A
  : never;

type KeyOf<D extends MetricDefinition> = D['attributes'][number]['key'] | OptionalAttribute<D>['key'];

/** The attributes that a series of `D` takes: a missing, unknown or not-allowed one does not compile. */
export type AttributesOf<D extends MetricDefinition> = {
  readonly [A in D['attributes'][number] as A['key']]: ValueOf<A>;
} & {
  readonly [A in OptionalAttribute<D> as A['key']]?: ValueOf<A> | undefined;
} & {
  // A type without any property would take everything.
  readonly [K in [KeyOf<D>] extends [never] ? string : never]: never;
};

/** An attribute whose values are open, of type `T`. */
export interface OpenAttribute<K extends string, T extends AttributeValue> extends AttributeDefinition {
  readonly key: K;
  readonly type?: T;
}

/** Defines an attribute whose values are open, of type `T`. */
export function openAttribute<const K extends string, T extends AttributeValue = string>(attribute: {
  readonly key: K;
  readonly limit?: number;
  readonly limitPer?: AttributeDefinition;
}): OpenAttribute<K, T> {
  return attribute;
}

/** Defines an attribute whose values are the listed ones and no others. */
export function closedAttribute<const K extends string, const V extends AttributeValue>(attribute: {
  readonly key: K;
  readonly values: readonly V[];
}): { readonly key: K; readonly values: readonly V[] } {
  return attribute;
}
