import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

const wasmPackage = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
setWasmPaths(join(dirname(wasmPackage), 'dist/'));

/** The back ends that run anywhere. */
export const backends = ['cpu', 'wasm'] as const;

export async function useBackend(backend: (typeof backends)[number]): Promise<typeof tf> {
  await tf.setBackend(backend);
  await tf.ready();
  return tf;
}
