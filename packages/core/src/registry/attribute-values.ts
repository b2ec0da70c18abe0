import type { AttributeDefinition, AttributeValue } from '../definitions/definition.ts';

/** What stands for values beyond an attribute's limit. */
export const OTHER = '_OTHER';

/** The distinct values of each limited attribute that live series carry, over all metrics of a registry. */
export class AttributeValues {
  readonly #seriesByValue = new Map<string, Map<string, number>>();
  readonly #limits: Readonly<Record<string, number>>;

  /** @param limits limits by key of an open attribute, in place of those of the definitions. */
  constructor(limits: Readonly<Record<string, number>>) {
    this.#limits = limits;
  }

  /** The value itself, or `_OTHER` where the attribute has as many values as it may. */
  admit(attribute: AttributeDefinition, value: AttributeValue): AttributeValue {
    if (attribute.values) return value;
    const limit = this.#limits[attribute.key] ?? attribute.limit ?? Infinity;
    const values = this.#seriesByValue.get(attribute.key);
    return (values?.size ?? 0) < limit || values?.has(String(value)) ? value : OTHER;
  }

  /** Counts a new series' values. */
  retain(attributes: Readonly<Record<string, unknown>>): void {
    for (const [key, value] of Object.entries(attributes)) {
      if (value === OTHER) continue;
      let values = this.#seriesByValue.get(key);
      if (!values) this.#seriesByValue.set(key, (values = new Map()));
      values.set(String(value), (values.get(String(value)) ?? 0) + 1);
    }
  }

  /** Gives back a removed series' values. */
  release(attributes: Readonly<Record<string, unknown>>): void {
    for (const [key, value] of Object.entries(attributes)) {
      const values = this.#seriesByValue.get(key);
      const count = values?.get(String(value));
      if (!values || count === undefined) continue;
      if (count > 1) values.set(String(value), count - 1);
      else values.delete(String(value));
    }
  }
}
