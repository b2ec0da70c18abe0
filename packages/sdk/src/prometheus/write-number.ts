import { writeDigits } from './write-digits.ts';
import { FRACTION_LIMIT, LEAST_FRACTION, writeFraction } from './write-fraction.ts';

/** Whole numbers below it, which most values are, are written without a string in between. */
const SMALL = 1e9;

/** More bytes than any number takes. */
export const NUMBER_BYTES = 25;

/** Writes a number as Prometheus reads it; returns where it ends. */
export function writeNumber(bytes: Uint8Array, at: number, value: number): number {
  if (value >= 0 && value < SMALL && value === Math.trunc(value)) return writeWhole(bytes, at, value);
  if (value >= LEAST_FRACTION && value < FRACTION_LIMIT) return writeFraction(bytes, at, value);
  return writeText(bytes, at, textOf(value));
}

function writeWhole(bytes: Uint8Array, at: number, value: number): number {
  let digits = 1;
  for (let power = 10; power <= value; power *= 10) digits++;
  writeDigits(bytes, at, value, digits);
  return at + digits;
}

function writeText(bytes: Uint8Array, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
  return at + text.length;
}

function textOf(value: number): string {
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : String(value);
}
