import { check } from '../check.ts';
import type { AttributeValue, MetricDefinition } from '../definitions/definition.ts';

/** Throws a RangeError where a metric does not take an attribute set. */
export function checkAttributes(definition: MetricDefinition, given: Readonly<Record<string, unknown>>): void {
  const { name, attributes, optionalAttributes = [] } = definition;
  check(typeof given === 'object' && given !== null, `${name}: attributes`, given, 'an object');
  const all = [...attributes, ...optionalAttributes];
  const keys = all.map(({ key }) => key);
  for (const key of Object.keys(given)) check(keys.includes(key), `${name}: attribute`, key, `one of ${keys.join(', ')}`);
  for (const attribute of all) {
    const { key, values } = attribute;
    const value = given[key] as AttributeValue | undefined;
    const isValue = values
      ? values.includes(value as AttributeValue)
      : value !== '' && (['string', 'boolean'].includes(typeof value) || Number.isFinite(value));
    check(
      isValue || (value === undefined && !attributes.includes(attribute)),
      `${name}: ${key}`,
      value,
      values ? `one of ${values.join(', ')}` : 'a non-empty string, finite number or boolean',
    );
  }
}
