import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Pages on this machine; what `allowed_origins` says in a Collector. */
const ALLOWED_ORIGIN = /^http:\/\/(127\.0\.0\.1|localhost):\d+$/;

const METRICS_PATH = '/v1/metrics';

/** One request, as it came. */
export interface ReceivedRequest {
  readonly method: string;
  readonly origin: string | undefined;
  readonly contentType: string | undefined;
  readonly body: string;
}

export interface MetricsReceiver {
  /** Where an exporter sends metrics. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Takes OTLP over HTTP on 127.0.0.1, in JSON, from pages of other origins: before a browser sends JSON to another origin it asks, with an
 * OPTIONS request, whether it may.
 */
export async function startMetricsReceiver(port: number, onRequest: (request: ReceivedRequest) => void): Promise<MetricsReceiver> {
  const server = createServer((request, response) => {
    allow(request.headers.origin, response);
    void received(request)
      .then(onRequest)
      .finally(() => answer(request, response));
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${METRICS_PATH}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function allow(origin: string | undefined, response: ServerResponse): void {
  response.setHeader('vary', 'origin');
  if (origin === undefined || !ALLOWED_ORIGIN.test(origin)) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-allow-methods', 'POST');
  response.setHeader('access-control-allow-headers', 'content-type');
  response.setHeader('access-control-max-age', '7200');
}

function answer({ method, url }: IncomingMessage, response: ServerResponse): void {
  if (method === 'OPTIONS') response.writeHead(204).end();
  else if (method !== 'POST' || url !== METRICS_PATH) response.writeHead(404).end();
  else response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
}

async function received(request: IncomingMessage): Promise<ReceivedRequest> {
  const { method = '', headers } = request;
  // A page that is left in the middle of a request.
  const body = await text(request).catch(() => '');
  return { method, origin: headers.origin, contentType: headers['content-type'], body };
}
