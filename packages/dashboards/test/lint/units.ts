/**
 * The units that panels may have: those of Grafana's that dashboard-linter knows, as far as metrics here are in them. An id that Grafana does not know
 * is shown as a suffix, unscaled, without a word.
 */
export const UNITS: ReadonlySet<string> = new Set([
  ...['none', 'short', 'percent', 'percentunit', 'sci', 'string', 'locale', 'bool', 'bool_yes_no', 'bool_on_off'],
  ...[
    's',
    'ms',
    'ns',
    'dtdurations',
    'dthms',
    'dtdhms',
    'clocks',
    'dateTimeAsIso',
    'dateTimeAsLocal',
    'dateTimeAsSystem',
    'dateTimeFromNow',
  ],
  ...['bytes', 'decbytes', 'Bps', 'binBps', 'bps', 'binbps'],
  ...['reqps', 'ops', 'cps', 'rps', 'wps', 'iops', 'pps', 'opm', 'cpm', 'rpm'],
  ...['celsius', 'watt', 'joule', 'watth', 'kwatth', 'hertz', 'rotrpm', 'flops'],
]);

/** What is never negative, and looks more dramatic than it is on an axis that does not begin at 0. */
export const UNITS_FROM_ZERO: ReadonlySet<string> = new Set([
  ...['s', 'ms', 'ns', 'dtdurations', 'percent', 'percentunit', 'bytes', 'decbytes', 'Bps', 'binBps', 'bps', 'binbps'],
  ...['reqps', 'ops', 'cps', 'rps', 'wps', 'iops', 'pps', 'opm', 'cpm', 'rpm', 'watt', 'joule', 'hertz', 'flops'],
]);

/** Of units that say what is measured: the units of metrics that it can be. Of watts, the rate of joules is one. */
export const METRIC_UNITS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(['bytes', 'decbytes', 'Bps', 'binBps'].map((unit) => [unit, ['By']])),
  ...Object.fromEntries(
    ['s', 'dtdurations', 'dateTimeAsIso', 'dateTimeAsLocal', 'dateTimeAsSystem', 'dateTimeFromNow'].map((unit) => [unit, ['s']]),
  ),
  celsius: ['Cel'],
  watt: ['W', 'J'],
  joule: ['J', 'W'],
};
