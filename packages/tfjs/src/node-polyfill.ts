// For @tensorflow/tfjs-node 4.22 on Node ≥ 23, which removed `util.isNullOrUndefined`: without it the first operation throws.
// Mended upstream in tensorflow/tfjs#8425, which no release holds yet. `util.isArray`, deprecated as well, is used in the same place.
// Importing this file changes `node:util` for the whole process, so nothing here imports it: that is the program's choice.

interface NodeUtil {
  isNullOrUndefined?: (value: unknown) => boolean;
  isArray?: (value: unknown) => boolean;
}

// No import of node:util, so that neither Node's types nor a bundler are needed; the object is the one that `require` returns.
declare const process: { getBuiltinModule(name: 'node:util'): NodeUtil };

const util = process.getBuiltinModule('node:util');
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
util.isArray ??= Array.isArray;
