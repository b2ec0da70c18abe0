import type { InstrumentKind, MetricDefinition } from './definitions/definition.ts';

/** The words that Prometheus uses for UCUM units, as in its OTLP translation (otlptranslator 1.0.0). */
const UNIT_WORDS: Readonly<Record<string, string>> = {
  '1': '',
  d: 'days',
  h: 'hours',
  min: 'minutes',
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
  By: 'bytes',
  KiBy: 'kibibytes',
  MiBy: 'mebibytes',
  GiBy: 'gibibytes',
  TiBy: 'tibibytes',
  KBy: 'kilobytes',
  MBy: 'megabytes',
  GBy: 'gigabytes',
  TBy: 'terabytes',
  m: 'meters',
  V: 'volts',
  A: 'amperes',
  J: 'joules',
  W: 'watts',
  g: 'grams',
  Cel: 'celsius',
  Hz: 'hertz',
  '%': 'percent',
};

const PER_UNIT_WORDS: Readonly<Record<string, string>> = {
  s: 'second',
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  mo: 'month',
  y: 'year',
};

/**
 * The name under which Prometheus knows a metric whose OTLP it translates, and under which our own endpoint writes it. A histogram's lines
 * add `_bucket`, `_sum` and `_count`.
 */
export function prometheusName({ name, unit, instrument }: Pick<MetricDefinition, 'name' | 'unit' | 'instrument'>): string {
  const tokens = name.split(/[^a-zA-Z0-9:]+/).filter((token) => token !== '');
  const { main, per } = unitWords(unit);
  if (main !== '' && !tokens.includes(main)) tokens.push(per === '' ? main : main.replace(/_$/, ''));
  if (per !== '') tokens.push(per.replace(/_$/, ''));
  const suffix = typeSuffix(instrument, unit);
  const parts = suffix === undefined ? tokens : [...tokens.filter((token) => token !== suffix), suffix];
  const joined = parts.join('_');
  return /^[0-9]/.test(joined) ? `_${joined}` : joined;
}

/** The label of an attribute key. Names such as `__name__`, which Prometheus reserves, keep their underscores. */
export function prometheusLabel(key: string): string {
  const reserved = /^__(.*)__$/s.exec(key);
  if (reserved) return `__${underscored(reserved[1] as string)}__`;
  const label = underscored(key);
  return /^[0-9]/.test(label) ? `key_${label}` : label;
}

/** The word that Prometheus adds for a unit, such as `seconds`; undefined for none. */
export function prometheusUnit(unit: string): string | undefined {
  const { main, per } = unitWords(unit);
  const joined = main !== '' && per !== '' ? `${main}_${per}` : main + per;
  return joined === '' ? undefined : joined.replace(/_$/, '');
}

/** The word of the unit and, after a slash, `per_` with the word of what it is divided by; annotations in braces have none. */
function unitWords(unit: string): { readonly main: string; readonly per: string } {
  const [, main = '', per = ''] = /^([^/]*)\/?(.*)$/s.exec(unit) ?? [];
  const perWord = wordOf(per.trim(), PER_UNIT_WORDS);
  return { main: wordOf(main.trim(), UNIT_WORDS), per: perWord === '' ? '' : `per_${perWord}` };
}

function wordOf(unit: string, words: Readonly<Record<string, string>>): string {
  if (/[{}]/.test(unit)) return '';
  return words[unit] ?? unit.replace(/[^a-zA-Z0-9:]+/g, '_').replace(/^_/, '');
}

/** With one underscore for any run of characters that a label cannot have. */
function underscored(key: string): string {
  return key.replace(/[^a-zA-Z0-9]+/g, '_');
}

function typeSuffix(instrument: InstrumentKind, unit: string): string | undefined {
  if (instrument === 'counter') return 'total';
  return instrument === 'gauge' && unit === '1' ? 'ratio' : undefined;
}
