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
    return (labels[index] ??= Buffer.from(labelText((series[index] as Series).attributes)));
  }
}

function keptFor(series: readonly Series[]): Kept {
  const family = series[0]?.family;
  if (!family) return { series, labels: [] };
  const kept = { series, labels: labelsFrom(keptByFamily.get(family), series) };
  keptByFamily.set(family, kept);
  return kept;
}

function labelsFrom(before: Kept | undefined, series: readonly Series[]): Kept['labels'] {
  if (!before) return [];
  // A family keeps its series in order: some have gone, new ones come last.
  let at = 0;
  return series.map((one) => {
    while (at < before.series.length && before.series[at] !== one) at++;
    return before.labels[at++];
  });
}
