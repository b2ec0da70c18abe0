import type { Clock, Registry } from '@modelmeter/core';

// Each throws a TypeError or RangeError that names the option and its value.

export function checkBoolean(option: string, value: unknown): void {
  if (typeof value !== 'boolean') throw new TypeError(`${option} is ${shown(value)}, neither true nor false`);
}

/** An empty text shows none. */
export function checkDevices(option: string, value: unknown): void {
  if (value === undefined || typeof value === 'string') return;
  throw new TypeError(`${option} is ${shown(value)}, not a value of CUDA_VISIBLE_DEVICES`);
}

export function checkText(option: string, value: unknown): void {
  if (typeof value !== 'string' || value.trim() === '') throw new TypeError(`${option} is ${shown(value)}, not a text`);
}

/** Longer names of sockets would be cut off, and two of them be one. */
export function checkLock(option: string, value: string | false): void {
  if (value === false) return;
  checkText(option, value);
  if (value.length > 100) throw new RangeError(`${option} is of ${value.length} characters, more than 100`);
}

export function checkRegistry(option: string, value: Registry): void {
  // By its method: it may come from another copy of the package.
  if (typeof (value as Registry | null)?.onCollect !== 'function') throw new TypeError(`${option} is ${shown(value)}, not a Registry`);
}

export function checkClock(option: string, value: Clock): void {
  if (typeof (value as Clock | null)?.monotonicSeconds !== 'function') throw new TypeError(`${option} is ${shown(value)}, not a Clock`);
}

function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
