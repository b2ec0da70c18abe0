import type { InstrumentKind, MetricDefinition } from './definitions/definition.ts';

export type Naming = 'otel' | 'portable';

/** The words that Prometheus uses for UCUM units, as in its OTLP translation (otlptranslator 1.0.0). */
const UNIT_WORDS: Readonly<Record<string, string>> = {
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
  for (const token of unitTokens(unit)) if (!tokens.includes(token)) tokens.push(token);
  const suffix = typeSuffix(instrument, unit);
  const parts = suffix === undefined ? tokens : [...tokens.filter((token) => token !== suffix), suffix];
  const joined = parts.join('_');
  return /^[0-9]/.test(joined) ? `_${joined}` : joined;
}

/** The label of an attribute key. */
export function prometheusLabel(key: string): string {
  const label = key.replace(/[^a-zA-Z0-9_]/g, '_').replace(/_{2,}/g, '_');
  return /^[0-9]/.test(label) ? `key_${label}` : label;
}

/** The word that Prometheus adds for a unit, such as `seconds`; undefined for none. */
export function prometheusUnit(unit: string): string | undefined {
  const words = unitTokens(unit);
  return words.length > 0 ? words.join('_') : undefined;
}

function unitTokens(unit: string): string[] {
  const [main = '', per = ''] = unit.split('/', 2).map((part) => part.trim());
  const mainWord = main === '1' || main.includes('{') ? '' : (UNIT_WORDS[main] ?? clean(main));
  const perWord = per === '' || per.includes('{') ? '' : (PER_UNIT_WORDS[per] ?? clean(per));
  return [...mainWord.split('_'), ...(perWord ? ['per', ...perWord.split('_')] : [])].filter((word) => word !== '');
}

function clean(unit: string): string {
  return unit.replace(/[^a-zA-Z0-9:]+/g, '_');
}

function typeSuffix(instrument: InstrumentKind, unit: string): string | undefined {
  if (instrument === 'counter') return 'total';
  return instrument === 'gauge' && unit === '1' ? 'ratio' : undefined;
}
