import { getStringListFromEnv } from '@opentelemetry/core';
import { checkOneOf } from './check-option.ts';
import type { ExporterName } from './start-options.ts';

export type ActiveExporter = Exclude<ExporterName, 'none'>;

const NAMES = ['prometheus', 'otlp', 'console', 'none'] as const;
const VARIABLE = 'OTEL_METRICS_EXPORTER';

/** The exporters asked for, by the option or else by the environment; Prometheus where neither says. */
export function chooseExporters(option: readonly ExporterName[] | undefined): ReadonlySet<ActiveExporter> {
  if (option !== undefined) {
    if (!Array.isArray(option)) throw new TypeError(`exporters is ${JSON.stringify(option)}, not a list`);
    return checked('exporters', option);
  }
  const fromEnv = getStringListFromEnv(VARIABLE) ?? [];
  return fromEnv.length > 0 ? checked(VARIABLE, fromEnv) : new Set(['prometheus']);
}

function checked(origin: string, given: readonly unknown[]): ReadonlySet<ActiveExporter> {
  const names = given.map((name) => checkOneOf(origin, name, NAMES));
  const active = names.filter((name) => name !== undefined && name !== 'none');
  if (active.length > 0 && active.length < names.length) throw new RangeError(`${origin} is ${names.join(',')}: "none" stands alone`);
  return new Set(active);
}
