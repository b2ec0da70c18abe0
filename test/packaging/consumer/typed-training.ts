// The quick start as a TypeScript user writes it, with tfjs's own types.
import { type Metrics, startMetrics } from '@modelmeter/sdk';
import { fitMetrics } from '@modelmeter/tfjs';
import * as tf from '@tensorflow/tfjs';

export async function train(model: tf.LayersModel, xs: tf.Tensor, ys: tf.Tensor): Promise<string | undefined> {
  const metrics: Metrics = await startMetrics({ serviceName: 'digits' });
  await model.fit(xs, ys, { epochs: 10, callbacks: fitMetrics(tf, { model: 'digits' }) });
  await model.fit(xs, ys, { callbacks: [fitMetrics(tf), tf.callbacks.earlyStopping()] });
  await metrics.shutdown();
  return metrics.url;
}

// @ts-expect-error an option that does not exist
fitMetrics(tf, { modle: 'digits' });
