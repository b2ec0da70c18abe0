import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export type TensorFlow = typeof import('@tensorflow/tfjs');
export type Backend = 'cpu' | 'wasm' | 'tensorflow';

const require = createRequire(import.meta.url);

/** The folder of tfjs-node, whose native part has to be there: `MODELMETER_TFJS_NODE="$(.ci/build-tfjs-node)"`. */
const TFJS_NODE_FOLDER = process.env['MODELMETER_TFJS_NODE'];

export const hasTfjsNode = TFJS_NODE_FOLDER !== undefined;

/** Loads tfjs with one back end; a process loads one. */
export async function loadTensorFlow(backend: Backend): Promise<TensorFlow> {
  if (backend === 'tensorflow') return require(TFJS_NODE_FOLDER ?? '@tensorflow/tfjs-node') as TensorFlow;
  const tf = await import('@tensorflow/tfjs');
  if (backend === 'wasm') {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist/'));
  }
  await tf.setBackend(backend);
  await tf.ready();
  return tf;
}
