// node train-on.js BACKEND [MODULE…]: imports the modules, trains on that back end with the installed packages, and prints the History's
// last loss beside the one that was measured.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Registry } from '@modelmeter/core';
import { fitMetrics } from '@modelmeter/tfjs';

const require = createRequire(import.meta.url);
const [backend, ...modules] = process.argv.slice(2);
for (const module of modules) await import(module);

const tf = require(backend === 'tensorflow' ? process.env.MODELMETER_TFJS_NODE : '@tensorflow/tfjs');
if (backend === 'wasm') {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist/'));
}
await tf.setBackend(backend);

const registry = new Registry();
const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
const fit = { epochs: 3, batchSize: 2, verbose: 0, callbacks: fitMetrics(tf, { registry }) };
const { history } = await model.fit(tf.ones([4, 1]), tf.ones([4, 1]), fit);
const { resourceMetrics } = await registry.producer().collect();
const { dataPoints } = resourceMetrics.scopeMetrics[0].metrics.find(({ descriptor }) => descriptor.name === 'ml.training.loss');
console.log(JSON.stringify({ backend: tf.getBackend(), loss: history.loss.at(-1), measured: dataPoints[0].value }));
