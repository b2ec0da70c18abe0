import { Registry } from './registry.ts';

// One key for all copies of this package whose registries are alike; a change that makes them differ takes the next number.
const KEY = Symbol.for('modelmeter.registry.1');

/** The registry of the process, shared by all copies of this package. */
export function defaultRegistry(): Registry {
  const holder = globalThis as { [KEY]?: Registry };
  return (holder[KEY] ??= new Registry());
}
