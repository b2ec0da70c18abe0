import * as tf from '@tensorflow/tfjs';
import { fitMetrics } from '../../src/index.ts';

declare const model: tf.LayersModel;
declare const sequential: tf.Sequential;
declare const xs: tf.Tensor;
declare const dataset: tf.data.Dataset<{ xs: tf.Tensor; ys: tf.Tensor }>;

const callback = fitMetrics(tf, { model: 'digits' });
const stopping = tf.callbacks.earlyStopping({ patience: 1 });

// It goes wherever tfjs takes a callback.
void model.fit(xs, xs, { callbacks: callback });
void model.fit(xs, xs, { callbacks: [callback] });
void sequential.fit(xs, xs, { callbacks: [callback, stopping] });
void sequential.fit(xs, xs, { callbacks: [stopping, callback] });
void model.fitDataset(dataset, { epochs: 1, callbacks: [callback, stopping] });

// @ts-expect-error a namespace without Callback is not tfjs
fitMetrics({ memory: tf.memory });
// @ts-expect-error true is no run id
fitMetrics(tf, { runId: true });
// @ts-expect-error the option does not exist
fitMetrics(tf, { modelName: 'digits' });
