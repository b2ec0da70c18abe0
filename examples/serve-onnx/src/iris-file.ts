import { fileURLToPath } from 'node:url';

/** The model, as `make-model` wrote it. */
export const IRIS_FILE = fileURLToPath(new URL('../iris.onnx', import.meta.url));
