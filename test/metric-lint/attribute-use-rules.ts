import { type AttributeDefinition, attributes as known, type MetricDefinition, prometheusLabel } from '@modelmeter/core';

const KNOWN: ReadonlySet<AttributeDefinition> = new Set(Object.values(known));

function attributesOf({ attributes, optionalAttributes = [] }: MetricDefinition): readonly AttributeDefinition[] {
  return [...attributes, ...optionalAttributes];
}

/** A copy of an attribute could come to differ from the one in definitions/attributes.ts. */
export function attributesAreKnown(metric: MetricDefinition): string | undefined {
  const unknown = attributesOf(metric).find((attribute) => !KNOWN.has(attribute));
  return unknown && `the attribute ${unknown.key} is not one of definitions/attributes.ts`;
}

/** Where the other attribute is absent, the values of all models, say, would share one limit. */
export function limitIsPerCarriedAttribute(metric: MetricDefinition): string | undefined {
  const { key, limitPer } = attributesOf(metric).find(({ limitPer }) => limitPer && !metric.attributes.includes(limitPer)) ?? {};
  return limitPer && `the limit of ${key} is per ${limitPer.key}, which some series do not have`;
}

export function labelsAreDistinct(metric: MetricDefinition): string | undefined {
  const labels = attributesOf(metric).map(({ key }) => prometheusLabel(key));
  const twice = labels.find((label, i) => labels.indexOf(label) !== i);
  return twice === undefined ? undefined : `two attributes are the label ${twice}`;
}
