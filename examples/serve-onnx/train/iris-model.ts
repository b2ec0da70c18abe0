import { bytes, type Field, int, message } from './protobuf.ts';
import type { Classifier } from './softmax-regression.ts';

// Numbers of fields and types are those of onnx.proto3 (github.com/onnx/onnx, IR version 8, opset 17).
const IR_VERSION = 8;
const OPSET = 17;
const FLOAT = 1;

/** The classifier as an ONNX model: `flowers`, float32 of [batch, 4], gives `probabilities`, float32 of [batch, 3]. */
export function irisModel({ weights, bias }: Classifier): Uint8Array {
  const [first = []] = weights;
  // Gemm multiplies by sizes × kinds.
  const transposed = first.flatMap((_, i) => weights.map((row) => row[i] ?? NaN));
  const graph = [
    node('Gemm', ['flowers', 'weights', 'bias'], 'scores'),
    node('Softmax', ['scores'], 'probabilities'),
    bytes(2, 'iris'),
    tensor('weights', [first.length, weights.length], transposed),
    tensor('bias', [weights.length], bias),
    bytes(11, rows('flowers', first.length)),
    bytes(12, rows('probabilities', weights.length)),
  ];
  return message([int(1, IR_VERSION), bytes(2, 'modelmeter example'), bytes(7, graph), bytes(8, [bytes(1, ''), int(2, OPSET)])]);
}

function node(type: string, inputs: readonly string[], output: string): Field {
  return bytes(1, [...inputs.map((input) => bytes(1, input)), bytes(2, output), bytes(4, type)]);
}

function tensor(name: string, dimensions: readonly number[], values: readonly number[]): Field {
  const content = new DataView(new ArrayBuffer(4 * values.length));
  for (const [i, value] of values.entries()) content.setFloat32(4 * i, value, true);
  return bytes(5, [...dimensions.map((size) => int(1, size)), int(2, FLOAT), bytes(8, name), bytes(9, new Uint8Array(content.buffer))]);
}

/** A value of any number of rows. */
function rows(name: string, columns: number): readonly Field[] {
  const shape = [bytes(1, [bytes(2, 'batch')]), bytes(1, [int(1, columns)])];
  return [bytes(1, name), bytes(2, [bytes(1, [int(1, FLOAT), bytes(2, shape)])])];
}
