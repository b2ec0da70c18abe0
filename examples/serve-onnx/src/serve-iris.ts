import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { measureInference } from '@modelmeter/inference';
import { inferenceHandler } from '@modelmeter/inference/node-http';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { BatchQueue } from './batch-queue.ts';
import { IRIS_FILE } from './iris-file.ts';

const KINDS = ['setosa', 'versicolor', 'virginica'];
const SIZES = 4;

export interface ServedIris {
  /** Where flowers are posted, one a request: `[5.1, 3.5, 1.4, 0.2]` is answered with `{ "kind": "setosa", "probability": 0.97 }`. */
  readonly url: string;
  close(): Promise<void>;
}

interface Answer {
  readonly kind: string | undefined;
  readonly probability: number;
}

/** Serves the model over HTTP. Requests that come within a few milliseconds are one run of it. */
export async function serveIris(): Promise<ServedIris> {
  const iris = measureInference({ model: 'iris', version: '1', operation: 'classify', buckets: 'fast', system: 'onnxruntime' });
  const session = await iris.load(() => InferenceSession.create(IRIS_FILE, { intraOpNumThreads: 1 }));
  // The first dimension of the tensor is the size of the batch.
  const run = iris.wrap((flowers: Tensor) => session.run({ flowers }));
  const queue = new BatchQueue(
    iris,
    async (flowers: readonly number[][]) => {
      const { probabilities } = await run(new Tensor('float32', flowers.flat(), [flowers.length, SIZES]));
      return flowers.map((_, i) => answerOf(probabilities, i));
    },
    { most: 8, waitMilliseconds: 4 },
  );

  async function classify(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const flower = await iris.stage('preprocess', async () => readFlower(await json(request)));
      if (flower) respond(response, 200, await queue.ask(flower));
      else respond(response, 400, { error: `not ${SIZES} sizes in cm` });
    } catch (error) {
      respond(response, error instanceof SyntaxError ? 400 : 500, { error: 'failed' });
    }
  }

  await iris.warmUp(() => run(new Tensor('float32', new Float32Array(SIZES), [1, SIZES])));
  const server = createServer(inferenceHandler((request, response) => void classify(request, response), iris));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await session.release();
      iris.close();
    },
  };
}

function readFlower(body: unknown): number[] | undefined {
  const isFlower = Array.isArray(body) && body.length === SIZES && body.every((size) => typeof size === 'number');
  return isFlower ? body : undefined;
}

function answerOf(probabilities: Tensor | undefined, row: number): Answer {
  const ofRow = [...((probabilities?.data ?? []) as Float32Array).subarray(row * KINDS.length, (row + 1) * KINDS.length)];
  const probability = Math.max(...ofRow);
  return { kind: KINDS[ofRow.indexOf(probability)], probability };
}

function respond(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
