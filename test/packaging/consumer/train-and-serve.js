// The quick start, with the installed packages: trains, scrapes itself and prints how many steps the page tells.
import { startMetrics } from '@modelmeter/sdk';
import { fitMetrics } from '@modelmeter/tfjs';
import * as tf from '@tensorflow/tfjs';

const metrics = await startMetrics({ serviceName: 'digits', port: 0 });
const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
await model.fit(tf.ones([4, 1]), tf.ones([4, 1]), { epochs: 3, batchSize: 2, verbose: 0, callbacks: fitMetrics(tf, { model: 'digits' }) });
const page = await (await fetch(metrics.url)).text();
await metrics.shutdown();
console.log(page.match(/^ml_training_steps_total\{.*ml_model_name="digits".*\} (\d+)/m)?.[1]);
