import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as pure from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { afterAll, beforeAll, describe } from 'vitest';

export type TensorFlow = typeof pure;
export type Backend = 'cpu' | 'wasm' | 'tensorflow';

const require = createRequire(import.meta.url);
setWasmPaths(join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist/'));

/**
 * Runs tests on each back end, with the `tf` that it belongs to: tfjs-node may be a second copy of all of tfjs, so everything that a test
 * makes has to come from that `tf`. Where tfjs-node is missing its tests are skipped with a warning; in CI that is an error.
 */
export function describeEachBackend(tests: (tf: TensorFlow, backend: Backend) => void): void {
  describeBackend('cpu', pure, tests);
  describeBackend('wasm', pure, tests);
  describeBackend('tensorflow', loadTfjsNode(), tests);
}

/** Makes `cpu` or `wasm` the back end of '@tensorflow/tfjs', for tests that need no other. */
export async function useBackend(backend: Exclude<Backend, 'tensorflow'>): Promise<TensorFlow> {
  await use(pure, backend);
  return pure;
}

function loadTfjsNode(): TensorFlow | undefined {
  const folder = process.env['MODELMETER_TFJS_NODE'];
  if (folder === undefined) {
    const how = 'To get it: export MODELMETER_TFJS_NODE="$(.ci/build-tfjs-node)"';
    if (process.env['CI'] !== undefined) throw new Error(`tfjs-node is not there. ${how}`);
    process.emitWarning(`tfjs-node is not there: the tests on it are SKIPPED. ${how}`);
    return undefined;
  }
  // Or it warns of each kernel that the first copy has registered already.
  pure.env().set('PROD', true);
  const tf = require(folder) as TensorFlow;
  pure.env().set('PROD', false);
  return tf;
}

function describeBackend(backend: Backend, tf: TensorFlow | undefined, tests: (tf: TensorFlow, backend: Backend) => void): void {
  describe.skipIf(tf === undefined)(`on the ${backend} back end`, () => {
    beforeAll(() => use(tf ?? pure, backend));
    // Each copy of tfjs counts its layers from 1, but all share one engine, which takes the name of a variable only once.
    afterAll(() => tf?.disposeVariables());
    tests(tf ?? pure, backend);
  });
}

async function use(tf: TensorFlow, backend: Backend): Promise<void> {
  await tf.setBackend(backend);
  await tf.ready();
}
