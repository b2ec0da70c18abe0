import type { Series } from '@modelmeter/core';
import { labelText } from './label-text.ts';

interface Kept {
  readonly series: readonly Series[];
  readonly labels: (Uint8Array | undefined)[];
}

// Found by its family rather than series by series: in a page of 100,000 lines, a look-up for each costs as much as all the rest.
const keptByFamily = new WeakMap<Series['family'], Kept>();

/** The labels of a family's series as bytes, made when first asked for and kept until a later page is without the series. */
export class KeptLabels {
  readonly #kept: Kept;

  constructor(series: readonly Series[]) {
    this.#kept = keptFor(series);
  }

  at(index: number): Uint8Array {
    const { series, labels } = this.#kept;
    return (labels[index] ??= bytesOf(series[index] as Series));
  }
}

function bytesOf({ attributes, family }: Series): Uint8Array {
  return Buffer.from(labelText(attributes, { isHistogram: family.definition.instrument === 'histogram' }));
}

function keptFor(series: readonly Series[]): Kept {
  const family = series[0]?.family;
  if (!family) return { series, labels: [] };
  const before = keptByFamily.get(family);
  if (before && isSame(before.series, series)) return before;
  const kept = { series, labels: before ? carriedOver(before, series) : [] };
  keptByFamily.set(family, kept);
  return kept;
}

function isSame(a: readonly Series[], b: readonly Series[]): boolean {
  return a.length === b.length && a.every((series, i) => series === b[i]);
}

function carriedOver(before: Kept, series: readonly Series[]): Kept['labels'] {
  // A family keeps its series in order: some have gone, new ones come last.
  let at = 0;
  return series.map((one) => {
    while (at < before.series.length && before.series[at] !== one) at++;
    return before.labels[at++];
  });
}
