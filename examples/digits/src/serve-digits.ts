import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { measureInference } from '@modelmeter/inference';
import { inferenceHandler } from '@modelmeter/inference/node-http';
import { instrumentModel } from '@modelmeter/tfjs';
import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import type { Backend } from './load-backend.ts';
import { IMAGE_SIZE } from './load-digits.ts';

const VERSION = '1';
/** Of a body, in bytes: some two hundred images. */
const MOST_BYTES = 1_000_000;

export interface ServedDigits {
  /** Where images are posted: `{ "images": [[784 grey values from 0 to 255], …] }` is answered with `{ "digits": [7, …] }`. */
  readonly url: string;
  readonly server: Server;
  close(): Promise<void>;
}

class BadRequest extends Error {}

/** Serves a trained model over HTTP, with its metrics. */
export async function serveDigits(tf: Backend['tf'], trained: LayersModel): Promise<ServedDigits> {
  const model = instrumentModel(tf, trained, { model: 'digits', version: VERSION });
  const digits = measureInference({
    model: 'digits',
    version: VERSION,
    operation: 'classify',
    buckets: 'fast',
    objective: { latencySeconds: 0.05, target: 0.99 },
  });

  const classify = digits.wrap(
    async (images: readonly (readonly number[])[]) => {
      const scores = tf.tidy(() => {
        const input = digits.stage('preprocess', () => tf.tensor2d(images.flat(), [images.length, IMAGE_SIZE]).div(255));
        return (model.predict(input) as Tensor).argMax(-1);
      });
      const classes = await scores.data();
      scores.dispose();
      return Array.from(classes);
    },
    { batchSize: (images) => images.length },
  );

  async function predict(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (Number(request.headers['content-length']) > MOST_BYTES) return answer(response, 413, { error: 'too many images' });
      const images = readImages(await json(request));
      answer(response, 200, { digits: await classify(images) });
    } catch (error) {
      // A client that has left gets no answer.
      if (request.destroyed && !request.complete) return;
      const isBad = error instanceof BadRequest || error instanceof SyntaxError;
      answer(response, isBad ? 400 : 500, { error: isBad ? 'no images of 28 × 28 grey values' : 'failed' });
    }
  }

  await digits.warmUp(() => classify([Array.from({ length: IMAGE_SIZE }, () => 0)]));
  const server = createServer(inferenceHandler((request, response) => void predict(request, response), digits));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/predict`,
    server,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      digits.close();
    },
  };
}

function readImages(body: unknown): number[][] {
  const images: unknown = typeof body === 'object' && body !== null && 'images' in body ? body.images : undefined;
  const isImage = (image: unknown) =>
    Array.isArray(image) && image.length === IMAGE_SIZE && image.every((value) => typeof value === 'number');
  if (!Array.isArray(images) || images.length === 0 || !images.every(isImage)) throw new BadRequest();
  return images as number[][];
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
