import { check } from '../check.ts';
import type { AttributeDefinition, AttributeValue, MetricDefinition } from '../definitions/definition.ts';

/** Checks an attribute set against its definition and calls `take` for each attribute that there may be, in the order of the definition. */
export function resolveAttributes(
  definition: MetricDefinition,
  given: Readonly<Record<string, unknown>>,
  take: (attribute: AttributeDefinition, value: AttributeValue | undefined) => void,
): void {
  const { name, attributes, optionalAttributes = [] } = definition;
  check(typeof given === 'object' && given !== null, `${name}: attributes`, given, 'an object');
  const all = [...attributes, ...optionalAttributes];
  for (const key of Object.keys(given)) {
    if (!all.some((attribute) => attribute.key === key)) throw new TypeError(`${name} has no attribute "${key}"`);
  }
  for (const attribute of all) {
    const { key, values } = attribute;
    const value = given[key] as AttributeValue | undefined;
    if (value !== undefined) {
      const isAllowed = values ? values.includes(value) : isOpenValue(value);
      check(
        isAllowed,
        `${name}: attribute "${key}"`,
        value,
        values ? `one of ${values.join(', ')}` : 'a non-empty string, finite number or boolean',
      );
    } else if (attributes.includes(attribute)) throw new TypeError(`${name} needs the attribute "${key}"`);
    take(attribute, value);
  }
}

function isOpenValue(value: unknown): boolean {
  return typeof value === 'boolean' || (typeof value === 'string' && value !== '') || Number.isFinite(value);
}
