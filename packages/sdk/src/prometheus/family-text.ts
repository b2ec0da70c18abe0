import { type InstrumentKind, type MetricDefinition, prometheusName, prometheusUnit } from '@modelmeter/core';
import type { ExpositionFormat } from './exposition-format.ts';

export type FamilyType = 'counter' | 'gauge' | 'histogram' | 'info';

export interface FamilyFacts {
  /** As on its lines: a counter's ends in `_total`, an info's in `_info`; a histogram's lines add their endings. */
  readonly name: string;
  readonly type: FamilyType;
  /** Empty for none. */
  readonly help: string;
  /** The word at the end of the name, such as `seconds`. */
  readonly unit: string | undefined;
}

/** OpenMetrics names the family of these without the ending that its lines have. */
const ENDINGS: Readonly<Partial<Record<FamilyType, string>>> = { counter: '_total', info: '_info' };

/** What is always the same in the lines of a family. */
export class FamilyText {
  readonly name: string;
  readonly type: FamilyType;
  readonly help: string;
  readonly #unit: string | undefined;
  /** Names of lines, as bytes; the last three are a histogram's. */
  readonly value: Uint8Array;
  readonly bucket: Uint8Array;
  readonly sum: Uint8Array;
  readonly count: Uint8Array;

  constructor({ name, type, help, unit }: FamilyFacts) {
    this.name = name;
    this.type = type;
    this.help = help;
    this.#unit = unit;
    this.value = Buffer.from(name);
    this.bucket = Buffer.from(`${name}_bucket`);
    this.sum = Buffer.from(`${name}_sum`);
    this.count = Buffer.from(`${name}_count`);
  }

  /** Names that no other family may have: its own and its lines'. */
  get names(): readonly string[] {
    const { name } = this;
    return this.type === 'histogram' ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
  }

  /**
   * The lines before the first value.
   * @param isFamily whether there is another family of a name. Where that is this one's OpenMetrics name, as of a gauge `x` beside a counter
   * `x_total`, its type is given as unknown: that leaves its name whole.
   */
  header(format: ExpositionFormat, isFamily: (name: string) => boolean): string {
    return format === 'text' ? this.#textHeader() : this.#openMetricsHeader(isFamily);
  }

  #textHeader(): string {
    const { name, help } = this;
    const helpLine = help === '' ? '' : `# HELP ${name} ${escapeBackslashAndNewline(help)}\n`;
    return `${helpLine}# TYPE ${name} ${this.type === 'info' ? 'gauge' : this.type}\n`;
  }

  #openMetricsHeader(isFamily: (name: string) => boolean): string {
    const { help } = this;
    const base = this.name.slice(0, this.name.length - (ENDINGS[this.type] ?? '').length);
    const isTaken = base !== this.name && isFamily(base);
    const name = isTaken ? this.name : base;
    const typeLine = `# TYPE ${name} ${isTaken ? 'unknown' : this.type}\n`;
    const unitLine = this.#unit !== undefined && name.endsWith(`_${this.#unit}`) ? `# UNIT ${name} ${this.#unit}\n` : '';
    const helpLine = help === '' ? '' : `# HELP ${name} ${escapeBackslashAndNewline(help).replaceAll('"', '\\"')}\n`;
    return typeLine + unitLine + helpLine;
  }
}

const TYPES: Readonly<Record<InstrumentKind, FamilyType>> = {
  counter: 'counter',
  updowncounter: 'gauge',
  gauge: 'gauge',
  histogram: 'histogram',
};

const known = new WeakMap<object, FamilyText>();

/** The text of a metric, made once for each `key`, which stands for the metric. */
export function familyTextOf(key: object, metric: Pick<MetricDefinition, 'name' | 'unit' | 'instrument' | 'description'>): FamilyText {
  let text = known.get(key);
  if (!text) {
    const { unit, instrument, description } = metric;
    text = new FamilyText({ name: prometheusName(metric), type: TYPES[instrument], help: description, unit: prometheusUnit(unit) });
    known.set(key, text);
  }
  return text;
}

function escapeBackslashAndNewline(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}
