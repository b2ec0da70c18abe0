import * as tf from '@tensorflow/tfjs';
import { instrumentModel, loadWithMetrics, restoreModel } from '../../src/index.ts';

declare const sequential: tf.Sequential;
declare const graph: tf.GraphModel;
declare const inference: tf.InferenceModel;

// A model keeps its type.
export const measuredSequential: tf.Sequential = instrumentModel(tf, sequential, { model: 'digits' });
export const measuredGraph: tf.GraphModel = instrumentModel(tf, graph, { waitEveryCalls: 10 });
export const measuredInference: tf.InferenceModel = instrumentModel(tf, inference);
restoreModel(measuredGraph);

// And so does what is loaded, at once or later.
export const loaded: Promise<tf.LayersModel> = loadWithMetrics(() => tf.loadLayersModel('url'), { model: 'digits' });
export const measured: tf.LayersModel = instrumentModel(tf, await loaded);
export const loadedAtOnce: tf.GraphModel = loadWithMetrics(() => graph, { model: 'graph', version: '1' });

// @ts-expect-error a namespace without memory is not tfjs
instrumentModel({ engine: tf.engine }, graph);
// @ts-expect-error a promise is no model
instrumentModel(tf, loaded);
// @ts-expect-error true is no number of calls
instrumentModel(tf, graph, { waitEveryCalls: true });
// @ts-expect-error the option does not exist
instrumentModel(tf, graph, { name: 'digits' });
// @ts-expect-error a loaded model needs a name
void loadWithMetrics(() => tf.loadLayersModel('url'), {});
