// It registers itself.
// oxlint-disable-next-line import/no-unassigned-import
import '@tensorflow/tfjs-backend-webgpu';
import { Registry } from '@modelmeter/core';
import { instrumentModel, type ModelOptions } from '@modelmeter/tfjs';
import * as tf from '@tensorflow/tfjs';
import { smallData, smallModel } from '../../../packages/tfjs/test/small-model.ts';
import { type DeviceReads, watchDeviceReads } from './device-reads.ts';

export interface CallsRequest {
  readonly backend: string;
  readonly calls: number;
  /** Options of `instrumentModel`; without them the model is not measured. */
  readonly measured?: ModelOptions;
}

export interface CallsReport {
  readonly backend: string;
  readonly results: readonly (readonly number[])[];
  /** What was read from the device before the page read the results. */
  readonly reads: DeviceReads;
  /** What is left when the results are disposed of. */
  readonly tensors: number;
  readonly collected: unknown;
}

/** Calls `predict` and `evaluate` of the small model of the package's own tests. */
async function callModel({ backend, calls, measured }: CallsRequest): Promise<CallsReport> {
  await tf.setBackend(backend);
  await tf.ready();
  const { xs, ys } = tf.tidy(() => smallData(tf));
  const model = smallModel(tf);
  const registry = new Registry();
  if (measured) instrumentModel(tf, model, { ...measured, registry });
  const tensorsBefore = tf.memory().numTensors;
  const { reads, stop } = watchDeviceReads();
  const returned: tf.Tensor[] = [];
  for (let i = 0; i < calls; i++) returned.push(...[model.predict(xs), model.evaluate(xs, ys)].flat());
  const asked = { ...reads };
  stop();
  const results = await Promise.all(returned.map(async (tensor) => [...(await tensor.data())]));
  // What we have asked for has been answered by then.
  await new Promise((resolve) => setTimeout(resolve, 50));
  tf.dispose(returned);
  const tensors = tf.memory().numTensors - tensorsBefore;
  const collected = await registry.producer().collect();
  model.dispose();
  tf.dispose([xs, ys]);
  return { backend: tf.getBackend(), results, reads: asked, tensors, collected };
}

Object.assign(globalThis, { callModel });
