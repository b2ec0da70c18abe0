import type { AttributeDefinition, AttributeValue } from '../definitions/definition.ts';

type Attributes = Readonly<Record<string, unknown>>;
type Value = AttributeValue | undefined;

/** What stands for values beyond an attribute's limit. */
export const OTHER = '_OTHER';

/** The distinct values of each limited attribute that live series carry, over all metrics of a registry. */
export class AttributeValues {
  /** By attribute or, where its limit is per another one, by attribute and value of the other. */
  readonly #seriesByValue = new Map<string, Map<string, number>>();
  readonly #limits: Readonly<Record<string, number>>;

  /** @param limits limits by key of an open attribute, in place of those of the definitions. */
  constructor(limits: Readonly<Record<string, number>>) {
    this.#limits = limits;
  }

  /** The value of an attribute in a given set, or `_OTHER` where the attribute has as many values as it may. */
  admit(attribute: AttributeDefinition, given: Attributes): Value {
    const { key, limitPer } = attribute;
    const value = given[key] as Value;
    if (value === undefined || attribute.values) return value;
    const limit = this.#limits[key] ?? attribute.limit ?? Infinity;
    const values = this.#seriesByValue.get(placeOf(key, limitPer && this.admit(limitPer, given)));
    return !values || values.size < limit || values.has(String(value)) ? value : OTHER;
  }

  /** Counts the values of a series: by 1 when it comes, by -1 when it goes. */
  count(definitions: readonly AttributeDefinition[], attributes: Attributes, change: 1 | -1): void {
    for (const { key, limitPer } of definitions) {
      const given = attributes[key] as Value;
      if (given === undefined || given === OTHER) continue;
      const value = String(given);
      const place = placeOf(key, limitPer && (attributes[limitPer.key] as Value));
      const values = this.#seriesByValue.get(place) ?? new Map<string, number>();
      const count = (values.get(value) ?? 0) + change;
      if (count > 0) values.set(value, count);
      else values.delete(value);
      if (values.size > 0) this.#seriesByValue.set(place, values);
      else this.#seriesByValue.delete(place);
    }
  }
}

/** Keys have no spaces, so no two places have one name. */
function placeOf(key: string, per: Value): string {
  return per === undefined ? key : `${key} ${per}`;
}
