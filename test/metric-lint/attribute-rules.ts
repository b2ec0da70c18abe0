import { type AttributeDefinition, prometheusLabel } from '@modelmeter/core';

/** Labels that Prometheus gives a meaning of its own. */
const RESERVED_LABELS = ['le', 'quantile', 'job', 'instance'];

export function keyIsLowerCase({ key }: AttributeDefinition): string | undefined {
  return /^[a-z][a-z0-9]*([._][a-z0-9]+)*$/.test(key) ? undefined : 'the key is not of words in lower case, dots and single underscores';
}

export function keyIsNamespaced({ key }: AttributeDefinition): string | undefined {
  return key.includes('.') ? undefined : 'the key has no namespace';
}

export function keyIsNotReserved({ key }: AttributeDefinition): string | undefined {
  return RESERVED_LABELS.includes(prometheusLabel(key))
    ? `the label ${prometheusLabel(key)} has a meaning of its own in Prometheus`
    : undefined;
}

export function valuesAreLimited({ values, limit }: AttributeDefinition): string | undefined {
  if (values)
    return values.length > 0 && new Set(values).size === values.length ? undefined : 'the list of values is empty or has one twice';
  return Number.isInteger(limit) && Number(limit) > 0 ? undefined : 'the attribute has neither a list of values nor a limit';
}

export function valuesAreLowerCase({ values = [] }: AttributeDefinition): string | undefined {
  const bad = values.find((value) => typeof value === 'string' && !/^[a-z0-9]+(_[a-z0-9]+)*$/.test(value));
  return bad === undefined ? undefined : `the value ${bad} is not of words in lower case and single underscores`;
}
