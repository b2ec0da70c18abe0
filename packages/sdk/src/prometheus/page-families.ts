import type { FamilyPart } from './family-part.ts';
import type { Warnings } from './warnings.ts';

/** The metrics that make up a family, the first of which has begun it. */
export type Parts = readonly [FamilyPart, ...FamilyPart[]];

/** The families of a page, in the order in which they came. */
export class PageFamilies implements Iterable<Parts> {
  readonly #parts = new Map<string, [FamilyPart, ...FamilyPart[]]>();
  /** The family of each name of a line. */
  readonly #owners = new Map<string, string>();
  readonly #warnings: Warnings;

  constructor(warnings: Warnings) {
    this.#warnings = warnings;
  }

  /**
   * Joins a metric of the SDK to the family of its name and type, or begins one. A metric is left out where a family of another type has its name,
   * and one of a registry where any has: its series could not be told from the others'.
   */
  add(part: FamilyPart): void {
    if (part.length === 0) return;
    const { name, type, names } = part.text;
    const parts = this.#parts.get(name);
    if (parts?.[0].text.type === type && part.mayRepeat) {
      parts.push(part);
      return;
    }
    const taken = names.find((one) => this.#owners.has(one));
    if (taken !== undefined) {
      this.#warnings.warn(
        `the ${type} ${name} is not on the Prometheus page: ${taken} belongs to another metric, ${this.#owners.get(taken)}`,
      );
      return;
    }
    for (const one of names) this.#owners.set(one, name);
    this.#parts.set(name, [part]);
  }

  has(name: string): boolean {
    return this.#parts.has(name);
  }

  [Symbol.iterator](): IterableIterator<Parts> {
    return this.#parts.values();
  }
}
