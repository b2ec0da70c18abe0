import { createRequire } from 'node:module';
import type { TensorFlow } from './backends.ts';

const require = createRequire(import.meta.url);

/**
 * A `tf` as another copy of tfjs in the program has it: its models and callbacks are of other classes than those of the `tf` given. Copies share one
 * engine, whatever they come from, and so do these.
 */
export function secondCopy(tf: TensorFlow): TensorFlow {
  const file = Object.keys(require.cache).find((path) => path.endsWith('tf-layers.node.js')) ?? '';
  const first = require.cache[file];
  delete require.cache[file];
  const layers = require(file) as Partial<TensorFlow>;
  require.cache[file] = first;
  return { ...tf, ...layers };
}
