import type { Attributes } from '@opentelemetry/api';
import type { ProviderWatch } from '../provider-watch.ts';
import type { BoundCounter, BoundGauge, BoundHistogram, BoundUpDownCounter } from './bound-instruments.ts';
import type { BucketIndex } from './bucket-index.ts';
import type { Family } from './family.ts';
import type { Slot } from './slab.ts';

// Where the numbers of a series lie in its slot. Counters and gauges have one number; histograms have the rest.
export const VALUE_AT = 0;
export const SUM_AT = 0;
export const MIN_AT = 1;
export const MAX_AT = 2;
export const BUCKETS_AT = 3;

/** One attribute set of one metric, and the instrument that is bound to it. */
export abstract class Series {
  readonly family: Family;
  protected readonly watch: ProviderWatch;
  readonly attributes: Attributes;
  /** Its own or those of its metric; without bounds where it is no histogram. */
  readonly buckets: BucketIndex;
  readonly slot: Slot;
  /** When the series began, in Unix seconds. */
  readonly startUnixSeconds: number;
  /** What its metric has it under. */
  readonly key: string;
  /** Who keeps the series alive: every `bind` outside a run for ever, each run until its series end. */
  holders = 0;
  /** Where the numbers are: the chunk of the slot and, once the series has been removed, an array that nobody reads. */
  protected values: Float64Array;
  protected at: number;

  constructor(family: Family, attributes: Attributes, buckets: BucketIndex, slot: Slot, startUnixSeconds: number, key: string) {
    this.family = family;
    this.watch = family.watch;
    this.attributes = attributes;
    this.buckets = buckets;
    this.slot = slot;
    this.startUnixSeconds = startUnixSeconds;
    this.key = key;
    this.values = slot.numbers;
    this.at = slot.offset;
    this.reset();
  }

  /** The number at a place of the slot, now. */
  read(place: number): number {
    return this.values[this.at + place] as number;
  }

  /** Puts the numbers at their beginning. */
  protected reset(): void {
    this.values.fill(0, this.at, this.at + this.slot.width);
  }

  remove(): void {
    this.family.remove(this);
  }

  /** Sends what is recorded from now on nowhere, because the slot will serve another series. */
  detach(): void {
    this.values = new Float64Array(this.slot.width);
    this.at = 0;
  }
}

// Two classes, not one with a condition: what V8 inlines of a call that is measured is limited, and beyond that it puts durations into objects.

export class CounterSeries extends Series implements BoundCounter {
  add(amount = 1): void {
    if (typeof amount === 'number' && amount >= 0 && amount < Infinity) (this.values[this.at] as number) += amount;
    else this.family.refuse(amount);
    if (this.watch.waiting) this.watch.glance();
  }

  observe(total: number): void {
    if (typeof total === 'number' && total >= 0 && total < Infinity) this.values[this.at] = total;
    else this.family.refuse(total);
  }
}

export class UpDownCounterSeries extends Series implements BoundUpDownCounter {
  add(amount: number): void {
    if (Number.isFinite(amount)) (this.values[this.at] as number) += amount;
    else this.family.refuse(amount);
    if (this.watch.waiting) this.watch.glance();
  }

  observe(total: number): void {
    if (Number.isFinite(total)) this.values[this.at] = total;
    else this.family.refuse(total);
  }
}

/** Its number is NaN while the value is unknown. */
export class GaugeSeries extends Series implements BoundGauge {
  protected override reset(): void {
    this.values[this.at] = NaN;
  }

  set(value: number): void {
    if (Number.isFinite(value)) this.values[this.at] = value;
    else this.family.refuse(value);
    if (this.watch.waiting) this.watch.glance();
  }

  clear(): void {
    this.values[this.at] = NaN;
  }
}

export class HistogramSeries extends Series implements BoundHistogram {
  /** Hands each value on, where values go out through the plain API. */
  forward: ((value: number) => void) | undefined;

  override detach(): void {
    super.detach();
    this.forward = undefined;
  }

  protected override reset(): void {
    super.reset();
    this.values[this.at + MIN_AT] = Infinity;
    this.values[this.at + MAX_AT] = -Infinity;
  }

  record(value: number): void {
    if (this.watch.waiting) this.watch.glance();
    if (typeof value === 'number' && value >= 0 && value < Infinity) {
      const values = this.values;
      const at = this.at;
      (values[at + SUM_AT] as number) += value;
      if (value < (values[at + MIN_AT] as number)) values[at + MIN_AT] = value;
      if (value > (values[at + MAX_AT] as number)) values[at + MAX_AT] = value;
      (values[at + BUCKETS_AT + this.buckets.of(value)] as number) += 1;
      this.forward?.(value);
    } else this.family.refuse(value);
  }
}
