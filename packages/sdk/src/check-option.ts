import type { Registry } from '@modelmeter/core';
import { isPort, isTimerMilliseconds } from './environment.ts';

// Each returns the value of an option, or undefined where it is not given, and throws a TypeError or RangeError with its name and value.

export function checkString(option: string, value: unknown): string | undefined {
  if (value === undefined || (typeof value === 'string' && value.trim() !== '')) return value;
  throw new TypeError(`${option} is ${shown(value)}, not a text`);
}

export function checkBoolean(option: string, value: unknown): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  throw new TypeError(`${option} is ${shown(value)}, neither true nor false`);
}

export function checkOneOf<T extends string>(option: string, value: unknown, allowed: readonly T[]): T | undefined {
  if (value === undefined || allowed.includes(value as T)) return value as T | undefined;
  throw new RangeError(`${option} is ${shown(value)}, none of ${allowed.join(', ')}`);
}

export function checkSeconds(option: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'number') throw new TypeError(`${option} is ${shown(value)}, not a number`);
  if (isTimerMilliseconds(value * 1000)) return value;
  throw new RangeError(`${option} is ${value}, not above 0 and below 2147483`);
}

export function checkPort(option: string, value: unknown): number | 'auto' | undefined {
  if (value === undefined || value === 'auto') return value;
  if (typeof value !== 'number') throw new TypeError(`${option} is ${shown(value)}, neither a number nor "auto"`);
  if (isPort(value)) return value;
  throw new RangeError(`${option} is ${value}, not an integer from 0 to 65535`);
}

export function checkPath(option: string, value: unknown): string | undefined {
  const path = checkString(option, value);
  if (path === undefined || /^\/[^?#\s]*$/.test(path)) return path;
  throw new RangeError(`${option} is ${shown(value)}, not a path that begins with "/"`);
}

export function checkUrl(option: string, value: unknown): string | undefined {
  const url = checkString(option, value);
  if (url === undefined || URL.canParse(url)) return url;
  throw new RangeError(`${option} is ${shown(value)}, not a URL`);
}

export function checkHeaders(option: string, value: unknown): Record<string, string> | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`${option} is ${shown(value)}, not an object`);
  for (const [name, text] of Object.entries(value)) {
    // No value: it may be a secret.
    if (typeof text !== 'string') throw new TypeError(`${option}["${name}"] is of type ${typeof text}, not a text`);
  }
  return value as Record<string, string>;
}

export function checkRegistry(option: string, value: unknown): Registry | undefined {
  // By its method: it may come from another copy of the package.
  if (value === undefined || typeof (value as Registry | null)?.openReader === 'function') return value as Registry | undefined;
  throw new TypeError(`${option} is ${shown(value)}, not a Registry`);
}

function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
