import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

type TensorFlow = typeof import('@tensorflow/tfjs');

export interface Backend {
  readonly tf: TensorFlow;
  /** What was found, in words. */
  readonly description: string;
  /** What two cores train on in half a minute. */
  readonly workload: { readonly trainingImages: number; readonly epochs: number };
}

const require = createRequire(import.meta.url);

/** tfjs-node where its native part loads, else WebAssembly. MODELMETER_TFJS_NODE is the folder of a copy that does not lie in node_modules. */
export async function loadBackend(): Promise<Backend> {
  try {
    const tf = require(process.env['MODELMETER_TFJS_NODE'] ?? '@tensorflow/tfjs-node') as TensorFlow;
    return { tf, description: 'tfjs-node (native TensorFlow)', workload: { trainingImages: 60_000, epochs: 4 } };
  } catch {
    return {
      tf: await loadWasm(),
      description: 'WebAssembly (the native part of tfjs-node is not there)',
      workload: { trainingImages: 20_000, epochs: 4 },
    };
  }
}

async function loadWasm(): Promise<TensorFlow> {
  const tf = await import('@tensorflow/tfjs');
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  const wasmPackage = require.resolve('@tensorflow/tfjs-backend-wasm/package.json');
  setWasmPaths(join(dirname(wasmPackage), 'dist/'));
  await tf.setBackend('wasm');
  await tf.ready();
  return tf;
}
