import { check } from '@modelmeter/core';
import type { TfLike } from './tf-like.ts';

// Each throws a TypeError or RangeError that names the option and its value.

export function checkTf(tf: TfLike): void {
  const needed = ['Callback', 'engine', 'getBackend', 'memory'] as const;
  const missing = needed.filter((member) => typeof (tf as TfLike | undefined)?.[member] !== 'function');
  if (missing.length > 0) throw new TypeError(`tf lacks ${missing.join(', ')}`);
}

export function checkName(option: string, value: unknown): void {
  check(typeof value === 'string' && value !== '', option, value, 'a name');
}

export function checkSeconds(option: string, value: number | false): void {
  check(value === false || (typeof value === 'number' && value >= 0), option, value, 'a number ≥ 0 or false');
}

export function checkSteps(option: string, value: number | false): void {
  check(value === false || (Number.isInteger(value) && value >= 1), option, value, 'an integer from 1');
}

export function checkOneOf(option: string, value: unknown, allowed: readonly unknown[]): void {
  check(allowed.includes(value), option, value, `one of ${allowed.join(', ')}`);
}
