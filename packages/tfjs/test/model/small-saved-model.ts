import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Fields and types of TensorFlow's saved_model.proto, meta_graph.proto, graph.proto and tensor.proto.
const DT_FLOAT = 1;

/** Writes a SavedModel of 3 inputs and 2 outputs, a constant matrix and no variables, and returns its folder. */
export async function writeSmallSavedModel(weights: readonly number[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'saved-model-'));
  await writeFile(join(folder, 'saved_model.pb'), savedModel(weights));
  return folder;
}

function savedModel(weights: readonly number[]): Uint8Array {
  const type = { dtype: number(6, DT_FLOAT) };
  const content = bytes(4, new Uint8Array(new Float32Array(weights).buffer));
  const tensor = message(8, number(1, DT_FLOAT), message(2, ...dimensions(3, 2)), content);
  const graph = message(
    2,
    node('x', 'Placeholder', [], { ...type, shape: message(7, ...dimensions(-1, 3)) }),
    node('w', 'Const', [], { ...type, value: tensor }),
    node('y', 'MatMul', ['x', 'w'], { T: type.dtype, transpose_a: number(5, 0), transpose_b: number(5, 0) }),
    message(4, number(1, 1087)),
  );
  const signature = [
    entry(1, 'x', tensorInfo('x:0', -1, 3)),
    entry(2, 'y', tensorInfo('y:0', -1, 2)),
    text(3, 'tensorflow/serving/predict'),
  ];
  const metaGraph = message(2, message(1, text(4, 'serve')), graph, entry(5, 'serving_default', concat(signature)));
  return concat([number(1, 1), metaGraph]);
}

function node(name: string, op: string, inputs: readonly string[], attributes: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const all = Object.entries(attributes).map(([key, value]) => entry(5, key, value));
  return message(1, text(1, name), text(2, op), ...inputs.map((input) => text(3, input)), ...all);
}

function tensorInfo(name: string, ...shape: number[]): Uint8Array {
  return concat([text(1, name), number(2, DT_FLOAT), message(3, ...dimensions(...shape))]);
}

const dimensions = (...sizes: number[]) => sizes.map((size) => message(2, number(1, size)));

/** An entry of a map. */
const entry = (field: number, key: string, value: Uint8Array) => message(field, text(1, key), bytes(2, value));

const message = (field: number, ...parts: Uint8Array[]) => bytes(field, concat(parts));
const text = (field: number, value: string) => bytes(field, new TextEncoder().encode(value));
const bytes = (field: number, value: Uint8Array) => concat([varint((field << 3) | 2), varint(value.length), value]);
const number = (field: number, value: number) => concat([varint(field << 3), varint(value)]);
const concat = (parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

/** Negative numbers are of 64 bits, as protobuf has them. */
function varint(value: number): Uint8Array {
  const out: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    out.push(rest > 0n ? low | 0x80 : low);
  } while (rest > 0n);
  return new Uint8Array(out);
}
