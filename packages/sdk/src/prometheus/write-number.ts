const ZERO = 0x30;
/** Whole numbers below it, which most values are, are written without a string in between. */
const SMALL = 1e9;

/** More bytes than any number takes. */
export const NUMBER_BYTES = 25;

/** Writes a number as Prometheus reads it; returns where it ends. */
export function writeNumber(bytes: Uint8Array, at: number, value: number): number {
  return value >= 0 && value < SMALL && value === Math.trunc(value)
    ? writeDigits(bytes, at, value | 0)
    : writeText(bytes, at, textOf(value));
}

function writeDigits(bytes: Uint8Array, at: number, value: number): number {
  let end = at + 1;
  for (let power = 10; power <= value; power *= 10) end++;
  // From the last one to the first.
  let rest = value;
  for (let i = end - 1; i >= at; i--) {
    const tens = (rest / 10) | 0;
    bytes[i] = ZERO + rest - tens * 10;
    rest = tens;
  }
  return end;
}

function writeText(bytes: Uint8Array, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
  return at + text.length;
}

function textOf(value: number): string {
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : String(value);
}
