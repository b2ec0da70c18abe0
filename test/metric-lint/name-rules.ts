import type { MetricDefinition } from '@modelmeter/core';

// Our own, and those of OpenTelemetry's semantic conventions that are used unchanged.
const NAMESPACES = ['ml', 'tfjs', 'modelmeter', 'process', 'system', 'container', 'nodejs', 'v8js', 'hw', 'gen_ai'];
const PART = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
/** Words that a translation to Prometheus adds or takes away. */
const UNIT_WORDS =
  /^(total|ratio|percent|(milli|micro|nano)?seconds?|minutes?|hours?|days?|(kilo|mega|giga|kibi|mebi|gibi)?bytes?|celsius|watts?|joules?)$/;
/** Suffixes of the lines of a histogram and of OpenMetrics. */
const LINE_WORDS = /^(bucket|count|sum|created)$/;

const words = (name: string) => name.split(/[._]/);

export function nameIsDotted({ name }: MetricDefinition): string | undefined {
  const parts = name.split('.');
  if (parts.length < 2 || !parts.every((part) => PART.test(part)))
    return `the name is not of words in lower case, dots and single underscores`;
  return undefined;
}

export function nameHasKnownNamespace({ name }: MetricDefinition): string | undefined {
  return NAMESPACES.includes(name.split('.')[0] ?? '') ? undefined : `the name does not begin with one of ${NAMESPACES.join(', ')}`;
}

export function nameHasNoUnit({ name }: MetricDefinition): string | undefined {
  const word = words(name).find((one) => UNIT_WORDS.test(one));
  return word === undefined ? undefined : `the name has the word ${word}, which Prometheus puts at its end`;
}

export function nameEndsAsNoLine({ name }: MetricDefinition): string | undefined {
  const last = words(name).at(-1) ?? '';
  return LINE_WORDS.test(last) ? `the name ends in ${last}, as a line of a histogram or of OpenMetrics does` : undefined;
}
