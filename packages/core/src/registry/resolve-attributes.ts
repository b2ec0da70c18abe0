import type { AttributeDefinition, AttributeValue, MetricDefinition } from '../definitions/definition.ts';

/** Checks an attribute set against its definition and calls `take` for each attribute present, in the order of the definition. */
export function resolveAttributes(
  definition: MetricDefinition,
  given: Readonly<Record<string, unknown>>,
  take: (attribute: AttributeDefinition, value: AttributeValue | undefined) => void,
): void {
  const { name, attributes, optionalAttributes = [] } = definition;
  if (typeof given !== 'object' || given === null) throw new TypeError(`${name}: attributes are ${describe(given)}, not an object`);
  for (const key of Object.keys(given)) {
    if (!attributes.some((a) => a.key === key) && !optionalAttributes.some((a) => a.key === key)) {
      throw new TypeError(`${name} has no attribute "${key}"`);
    }
  }
  for (const attribute of attributes) {
    const value = given[attribute.key];
    if (value === undefined) throw new TypeError(`${name} needs the attribute "${attribute.key}"`);
    take(attribute, checked(name, attribute, value));
  }
  for (const attribute of optionalAttributes) {
    const value = given[attribute.key];
    take(attribute, value === undefined ? undefined : checked(name, attribute, value));
  }
}

function checked(name: string, { key, values }: AttributeDefinition, value: unknown): AttributeValue {
  const isPrimitive = typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
  if (!isPrimitive) throw new TypeError(`${name}: attribute "${key}" is ${describe(value)}, not a string, finite number or boolean`);
  if (value === '') throw new RangeError(`${name}: attribute "${key}" is empty`);
  if (values && !values.includes(value)) {
    throw new RangeError(
      `${name}: attribute "${key}" is ${JSON.stringify(value)}, none of ${values.map((v) => JSON.stringify(v)).join(', ')}`,
    );
  }
  return value;
}

function describe(value: unknown): string {
  return typeof value === 'number'
    ? String(value)
    : Array.isArray(value)
      ? 'an array'
      : value === null
        ? 'null'
        : `of type ${typeof value}`;
}
