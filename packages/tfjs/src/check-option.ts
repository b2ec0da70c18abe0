import type { TfLike } from './tf-like.ts';

// Each throws a TypeError or RangeError that names the option and its value.

export function checkTf(tf: TfLike): void {
  const needed = ['Callback', 'engine', 'getBackend', 'memory'] as const;
  const missing = needed.filter((member) => typeof (tf as TfLike | undefined)?.[member] !== 'function');
  if (missing.length === 0) return;
  throw new TypeError(`tf is no TensorFlow.js namespace, it lacks ${missing.join(', ')}: pass your own, as in fitMetrics(tf)`);
}

export function checkName(option: string, value: unknown): void {
  if (typeof value !== 'string' || value === '') throw new TypeError(`${option} is ${shown(value)}, not a name`);
}

export function checkSeconds(option: string, value: number | false): void {
  if (value !== false && !(typeof value === 'number' && value >= 0)) {
    throw new RangeError(`${option} is ${shown(value)}, neither a number ≥ 0 nor false`);
  }
}

export function checkSteps(option: string, value: number | false): void {
  if (value !== false && !(Number.isInteger(value) && value >= 1)) {
    throw new RangeError(`${option} is ${shown(value)}, neither an integer from 1 nor false`);
  }
}

export function checkOneOf(option: string, value: unknown, allowed: readonly unknown[]): void {
  if (!allowed.includes(value)) throw new RangeError(`${option} is ${shown(value)}, none of ${allowed.map(shown).join(', ')}`);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
