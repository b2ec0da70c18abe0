const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** One field of a protocol-buffers message, encoded: a message is its fields one after the other. */
export type Field = Uint8Array;

/** A whole number from 0 to 2⁵³ − 1. */
export function int(number: number, value: number): Field {
  return Uint8Array.from([...varint(number * 8 + VARINT), ...varint(value)]);
}

/** A string, bytes, or a message of fields. */
export function bytes(number: number, value: string | Uint8Array | readonly Field[]): Field {
  const content = typeof value === 'string' ? new TextEncoder().encode(value) : value instanceof Uint8Array ? value : message(value);
  return Uint8Array.from([...varint(number * 8 + LENGTH_DELIMITED), ...varint(content.length), ...content]);
}

export function message(fields: readonly Field[]): Uint8Array {
  return Uint8Array.from(fields.flatMap((field) => [...field]));
}

/** Seven bits a byte, the lowest first; all but the last byte have their highest bit set. */
function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}
