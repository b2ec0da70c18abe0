import { BUCKETS_AT, type FamilySnapshot, type Series, type Snapshot, SUM_AT, VALUE_AT } from '@modelmeter/core';
import { bucketLabels } from './bucket-labels.ts';
import type { ExpositionFormat } from './exposition-format.ts';
import type { FamilyPart } from './family-part.ts';
import { type FamilyText, familyTextOf } from './family-text.ts';
import { KeptLabels } from './kept-labels.ts';
import type { PageWriter } from './page-writer.ts';

/** A metric of a registry's snapshot. */
export class RegistryPart implements FamilyPart {
  readonly text: FamilyText;
  readonly mayRepeat = false;
  readonly #snapshot: Snapshot;
  readonly #series: readonly Series[];
  readonly #labels: KeptLabels;
  readonly #isHistogram: boolean;

  constructor(snapshot: Snapshot, { definition, series }: FamilySnapshot) {
    this.text = familyTextOf(definition, definition);
    this.#snapshot = snapshot;
    this.#isHistogram = definition.instrument === 'histogram';
    // A gauge whose value is unknown is NaN.
    const isUnknown = (one: Series): boolean => Number.isNaN(snapshot.read(one, VALUE_AT));
    const hasUnknown = definition.instrument === 'gauge' && series.some(isUnknown);
    this.#series = hasUnknown ? series.filter((one) => !isUnknown(one)) : series;
    this.#labels = new KeptLabels(this.#series);
  }

  get length(): number {
    return this.#series.length;
  }

  write(index: number, writer: PageWriter, format: ExpositionFormat, seen: Set<string> | undefined): void {
    const series = this.#series[index] as Series;
    const labels = this.#labels.at(index);
    seen?.add(labels.toString());
    if (this.#isHistogram) {
      const values = this.#snapshot.valuesOf(series);
      writer.histogram(this.text, labels, bucketLabels(series.buckets.bounds, format), values, BUCKETS_AT, values[SUM_AT]);
    } else {
      writer.sample(this.text.value, labels, this.#snapshot.read(series, VALUE_AT));
    }
  }
}
