/** How a field is read; a schema is a message within, `each` one of many. */
type Kind = 'text' | 'double' | 'fixed64' | 'varint' | 'doubles' | 'fixed64s' | Schema | { readonly each: Schema };

/** A message by field number: the name of the field and its kind. */
export interface Schema {
  readonly [field: number]: readonly [name: string, kind: Kind];
}

/** Reads a message of the protobuf wire format; fields that the schema does not name are skipped. */
export function decodeProtobuf(bytes: Uint8Array, schema: Schema): Record<string, unknown> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const message: Record<string, unknown> = {};
  let at = 0;

  function varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = view.getUint8(at++);
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }
  while (at < bytes.length) {
    const tag = varint();
    const [name, kind] = schema[tag >>> 3] ?? [];
    switch (tag & 7) {
      case 0: {
        const value = varint();
        if (name !== undefined) message[name] = value;
        break;
      }
      case 1: {
        if (name !== undefined) message[name] = kind === 'double' ? view.getFloat64(at, true) : Number(view.getBigUint64(at, true));
        at += 8;
        break;
      }
      case 2: {
        const length = varint();
        if (name !== undefined && kind !== undefined) put(message, name, kind, bytes.subarray(at, at + length));
        at += length;
        break;
      }
      default:
        throw new Error(`wire type ${tag & 7} of field ${tag >>> 3}`);
    }
  }
  return message;
}

function put(message: Record<string, unknown>, name: string, kind: Kind, bytes: Uint8Array): void {
  if (kind === 'text') message[name] = new TextDecoder().decode(bytes);
  else if (kind === 'doubles' || kind === 'fixed64s') message[name] = packed(bytes, kind);
  else if (typeof kind === 'string') throw new Error(`${name} is of kind ${kind} but has a length`);
  else if ('each' in kind) message[name] = [...((message[name] as unknown[] | undefined) ?? []), decodeProtobuf(bytes, kind.each)];
  else message[name] = decodeProtobuf(bytes, kind);
}

function packed(bytes: Uint8Array, kind: 'doubles' | 'fixed64s'): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / 8 }, (_, i) =>
    kind === 'doubles' ? view.getFloat64(i * 8, true) : Number(view.getBigUint64(i * 8, true)),
  );
}
