import type { GraphModel, io, Tensor } from '@tensorflow/tfjs';
import type { TensorFlow } from '../backends.ts';

/** What the graph multiplies its input by: 3 × 2 numbers. */
export const GRAPH_WEIGHTS = [1, 2, 3, 4, 5, 6];

/** What the op in the middle of a graph does. */
export type GraphOp = (x: Tensor) => Tensor | Promise<Tensor>;

/** A GraphModel of 3 inputs and 2 outputs, loaded from memory. With `op`, its input goes through that first. */
export async function smallGraph(tf: TensorFlow, op?: GraphOp): Promise<GraphModel> {
  if (!op) return tf.loadGraphModel(tf.io.fromMemory(artifactsOf('Identity')));
  const name = `Op${ops++}`;
  const run = ({ inputs }: { inputs: readonly Tensor[] }) => {
    const output = op(inputs[0] as Tensor);
    return output instanceof Promise ? output.then((tensor) => [tensor]) : [output];
  };
  tf.registerOp(name, run);
  return tf.loadGraphModel(tf.io.fromMemory(artifactsOf(name)));
}

let ops = 0;

function artifactsOf(op: string): io.ModelArtifacts {
  const float = { T: { type: 'DT_FLOAT' }, dtype: { type: 'DT_FLOAT' } };
  const shape = { shape: { dim: [{ size: '-1' }, { size: '3' }] } };
  const node = [
    { name: 'x', op: 'Placeholder', attr: { dtype: float.dtype, shape } },
    { name: 'w', op: 'Const', attr: { dtype: float.dtype, value: { tensor: { dtype: 'DT_FLOAT', tensorShape: { dim: [] } } } } },
    { name: 'through', op, input: ['x'], attr: { T: float.T } },
    { name: 'y', op: 'MatMul', input: ['through', 'w'], attr: { T: float.T, transpose_a: { b: false }, transpose_b: { b: false } } },
  ];
  return {
    modelTopology: { node, library: {}, versions: { producer: 1, minConsumer: 1 } },
    format: 'graph-model',
    weightSpecs: [{ name: 'w', shape: [3, 2], dtype: 'float32' }],
    weightData: new Float32Array(GRAPH_WEIGHTS).buffer,
  };
}
