import { fileURLToPath } from 'node:url';
import type { Tensor2D } from '@tensorflow/tfjs';
import type { FastifyRequest } from 'fastify';
import { loadTensorFlow } from '../fit/backends.ts';
import type { Workload } from './server-pair.ts';

const IRIS = fileURLToPath(new URL('../../examples/serve-onnx/iris.onnx', import.meta.url));
const PIXELS = 784;
const DIGITS = 10;

export type Handler = (request: FastifyRequest) => Promise<object>;

/** What a server does for its answers. Each has a handler of its own: what the engine makes of one is not to be the other's. */
export const HANDLERS: Readonly<Record<Workload, () => Promise<Handler>>> = {
  digits: async () => {
    const tf = await loadTensorFlow('wasm');
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ inputShape: [PIXELS], units: 64, activation: 'relu' }),
        tf.layers.dense({ units: DIGITS, activation: 'softmax' }),
      ],
    });
    return async ({ body }) => {
      const probabilities = tf.tidy(() => model.predict(tf.tensor2d(body as number[], [1, PIXELS])) as Tensor2D);
      const answer = { probabilities: Array.from(await probabilities.data()) };
      probabilities.dispose();
      return answer;
    };
  },
  iris: async () => {
    const { InferenceSession, Tensor } = await import('onnxruntime-node');
    const session = await InferenceSession.create(IRIS, { intraOpNumThreads: 1 });
    return async ({ body }) => {
      const { probabilities } = await session.run({ flowers: new Tensor('float32', body as number[], [1, 4]) });
      return { probabilities: Array.from(probabilities?.data as Float32Array) };
    };
  },
  nothing: async () => async () => ({ probabilities: [1, 0, 0] }),
};
