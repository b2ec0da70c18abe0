import { prometheusLabel } from '../prometheus-name.ts';
import { checkBounds } from '../registry/check-bounds.ts';
import type { MetricDefinition } from './definition.ts';

// OpenTelemetry specification 1.57, metrics API, "Instrument name syntax".
const INSTRUMENT_NAME = /^[a-z][a-z0-9_.\-/]{0,254}$/i;
const ATTRIBUTE_KEY = /^[a-z][a-z0-9_.]*$/;
/** Labels that Prometheus gives a meaning of its own. */
const RESERVED_LABELS = new Set(['le', 'quantile', 'job', 'instance']);
const INSTRUMENTS = new Set(['counter', 'updowncounter', 'gauge', 'histogram']);

/** Throws where a definition would break an export: what the types cannot say, and all of it for callers without types. */
export function checkDefinition(definition: MetricDefinition): void {
  const { name, instrument, unit, description, bounds } = definition;
  if (typeof name !== 'string' || !INSTRUMENT_NAME.test(name)) {
    throw new TypeError(`name: ${JSON.stringify(name)} is no OpenTelemetry instrument name`);
  }
  if (!INSTRUMENTS.has(instrument)) {
    throw new TypeError(`${name}: instrument ${JSON.stringify(instrument)} is none of ${[...INSTRUMENTS].join(', ')}`);
  }
  if (typeof unit !== 'string' || unit.length > 63) {
    throw new TypeError(`${name}: unit ${JSON.stringify(unit)} is no string of at most 63 characters`);
  }
  if (typeof description !== 'string') throw new TypeError(`${name}: description is of type ${typeof description}, not a string`);
  if (instrument === 'histogram') checkBounds(`${name}: bounds`, bounds);
  checkKeys(definition);
}

function checkKeys({ name, attributes, optionalAttributes = [] }: MetricDefinition): void {
  if (!Array.isArray(attributes) || !Array.isArray(optionalAttributes)) {
    throw new TypeError(`${name}: attributes must be arrays of definitions`);
  }
  const keyOfLabel = new Map<string, string>();
  for (const { key } of [...attributes, ...optionalAttributes]) {
    if (typeof key !== 'string' || !ATTRIBUTE_KEY.test(key)) {
      throw new TypeError(`${name}: attribute key ${JSON.stringify(key)} does not match ${ATTRIBUTE_KEY.source}`);
    }
    const label = prometheusLabel(key);
    if (RESERVED_LABELS.has(label)) throw new TypeError(`${name}: attribute key "${key}" is reserved by Prometheus`);
    const other = keyOfLabel.get(label);
    if (other !== undefined) throw new TypeError(`${name}: attribute keys "${other}" and "${key}" are one Prometheus label, ${label}`);
    keyOfLabel.set(label, key);
  }
}
