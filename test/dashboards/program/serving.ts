import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Registry } from '@modelmeter/core';
import { measureInference } from '@modelmeter/inference';
import { inferenceHandler, type RequestHandler } from '@modelmeter/inference/node-http';
import { instrumentModel, loadWithMetrics } from '@modelmeter/tfjs';
import * as tf from '@tensorflow/tfjs';
import { OBJECTIVE } from './facts.ts';
import { classifier } from './classifier.ts';

/** What a request asks for, and the type of error that it ends as. */
export const OUTCOMES = {
  good: 'none',
  slow: 'none',
  bad: 'invalid_input',
  busy: 'rejected',
  late: 'timeout',
  broken: '_OTHER',
  left: 'cancelled',
} as const;
export type Kind = keyof typeof OUTCOMES;

export interface Question {
  readonly kind: Kind;
  readonly rows: readonly number[][];
}

const SLOW_SECONDS = OBJECTIVE.latencySeconds + 0.1;
const QUEUE_MILLISECONDS = 30;

/** A server of models, each under a path of its own. */
export interface ModelServer {
  readonly url: string;
  add(path: string, handler: RequestHandler): void;
  close(): Promise<void>;
}

export async function startModelServer(): Promise<ModelServer> {
  const handlers = new Map<string, RequestHandler>();
  const server = createServer((request, response) => {
    const handler = handlers.get(request.url ?? '');
    if (handler) void handler(request, response);
    else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add: (path, handler) => void handlers.set(path, handler),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A classifier as it would be loaded from a file. */
async function loadClassifier(registry: Registry, model: string, version: string): Promise<tf.LayersModel> {
  let saved: tf.io.ModelArtifacts | undefined;
  await classifier(model, tf.train.sgd(0.1)).save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  const load = () => tf.loadLayersModel(tf.io.fromMemory(saved as tf.io.ModelArtifacts));
  return instrumentModel(tf, await loadWithMetrics(load, { model, version, registry }), { revision: `commit-${version}`, registry });
}

/** Puts a version of a model into service: questions are answered with classes, or with the error that they ask for. */
export async function serveClassifier(server: ModelServer, registry: Registry, model: string, version: string): Promise<tf.LayersModel> {
  const loaded = await loadClassifier(registry, model, version);
  const metrics = measureInference({ model, version, operation: 'classify', objective: OBJECTIVE, registry });
  const classify = metrics.wrap(
    async (rows: readonly number[][]) => {
      const leave = metrics.enqueue();
      await sleep(QUEUE_MILLISECONDS);
      leave();
      const input = metrics.stage('preprocess', () => tf.tensor2d(rows as number[][]));
      const scores = loaded.predict(input) as tf.Tensor;
      input.dispose();
      return metrics.stage('postprocess', async () => {
        const classes = tf.tidy(() => scores.argMax(-1));
        scores.dispose();
        const values = Array.from(await classes.data());
        classes.dispose();
        return values;
      });
    },
    { batchSize: (rows) => rows.length },
  );
  await metrics.warmUp(() => classify([[0, 0, 0, 0]]));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { kind, rows } = (await json(request)) as Question;
    if (kind === 'left') return void request.socket.destroy();
    if (kind === 'slow') await sleep(SLOW_SECONDS * 1000);
    const status = { good: 200, slow: 200, bad: 400, busy: 503, late: 504, broken: 500 }[kind];
    const classes = status === 200 ? await classify(rows) : [];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(classes));
  }
  server.add(
    `/${model}/${version}`,
    inferenceHandler((request: IncomingMessage, response: ServerResponse) => void answer(request, response), metrics),
  );
  return loaded;
}
