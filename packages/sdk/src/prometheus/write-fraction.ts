import { writeDigits } from './write-digits.ts';

// Decimal digits of doubles that are no whole numbers, without `String`, which takes up to half of the time of a page. Like its digits, these read
// back as the same double; where it writes 16, there may be 17.

const ZERO = 0x30;
const POINT = 0x2e;

/** What `writeFraction` can write: numbers from the least up to the limit. */
export const LEAST_FRACTION = 1e-5;
export const FRACTION_LIMIT = 1e9;

/** Powers of ten that a double holds exactly. */
const POWERS = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
/** Veltkamp's constant, which splits a double into halves of 26 bits. */
const SPLITTER = 2 ** 27 + 1;
const HIGH_HALVES = POWERS.map(highHalf);

/** Significant digits, 17 of which tell any two doubles apart: the first 9 are kept in one whole number, the rest in another. */
const ALL_DIGITS = 17;
const TOP_DIGITS = 9;
const REST_LIMIT = 1e8;

/** Writes a number of that range which has a fraction; returns where it ends. */
export function writeFraction(bytes: Uint8Array, at: number, value: number): number {
  const exponent = exponentOf(value);
  // The exact product of the value and a power of ten is high + low, and has 17 digits before the point (Dekker's product).
  const shift = ALL_DIGITS - 1 - exponent;
  const power = POWERS[shift] as number;
  const high = value * power;
  const low = productError(value, power, HIGH_HALVES[shift] as number, high);

  let top = Math.floor(high / REST_LIMIT);
  let rest = Math.round(high - top * REST_LIMIT + low);
  if (rest < 0) {
    top--;
    rest += REST_LIMIT;
  } else if (rest >= REST_LIMIT) {
    top++;
    rest -= REST_LIMIT;
  }

  // Fewer digits, if they read back as the same: a whole number below 2**53 over an exact power of ten is rounded as reading is.
  for (let dropped = 2; dropped > 0; dropped--) {
    const unit = POWERS[dropped] as number;
    const limit = POWERS[ALL_DIGITS - TOP_DIGITS - dropped] as number;
    const shortRest = Math.round(rest / unit);
    const short = top * limit + shortRest;
    if (short <= Number.MAX_SAFE_INTEGER && short / (POWERS[shift - dropped] as number) === value) {
      const carry = shortRest === limit ? 1 : 0;
      return writeParts(bytes, at, exponent, top + carry, carry ? 0 : shortRest, ALL_DIGITS - TOP_DIGITS - dropped);
    }
  }
  return writeParts(bytes, at, exponent, top, rest, ALL_DIGITS - TOP_DIGITS);
}

function exponentOf(value: number): number {
  if (value >= 1) {
    let exponent = 0;
    while (value >= (POWERS[exponent + 1] as number)) exponent++;
    return exponent;
  }
  return value >= 0.1 ? -1 : value >= 0.01 ? -2 : value >= 0.001 ? -3 : value >= 0.0001 ? -4 : -5;
}

function highHalf(value: number): number {
  const scaled = SPLITTER * value;
  return scaled - (scaled - value);
}

function productError(a: number, b: number, bHigh: number, product: number): number {
  const aHigh = highHalf(a);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** Writes `top` and `rest`, of so many digits, with the point where the exponent of the first digit has it, and without zeros at the end. */
function writeParts(bytes: Uint8Array, at: number, exponent: number, top: number, rest: number, restDigits: number): number {
  let start = at;
  if (exponent < 0) {
    bytes[start++] = ZERO;
    bytes[start++] = POINT;
    for (let i = exponent; i < -1; i++) bytes[start++] = ZERO;
  } else start++;
  writeDigits(bytes, start, top, TOP_DIGITS);
  writeDigits(bytes, start + TOP_DIGITS, rest, restDigits);
  if (exponent >= 0) {
    bytes.copyWithin(at, start, start + exponent + 1);
    bytes[at + exponent + 1] = POINT;
  }
  let end = start + TOP_DIGITS + restDigits;
  while (bytes[end - 1] === ZERO) end--;
  return end;
}
