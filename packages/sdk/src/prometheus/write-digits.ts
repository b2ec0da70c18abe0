const ZERO = 0x30;

/** Writes a whole number below 2**31 as so many decimal digits, with zeros before it. */
export function writeDigits(bytes: Uint8Array, at: number, value: number, digits: number): void {
  let left = value | 0;
  for (let i = at + digits - 1; i >= at; i--) {
    const tens = (left / 10) | 0;
    bytes[i] = ZERO + left - tens * 10;
    left = tens;
  }
}
