import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Post {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A server on 127.0.0.1 that takes what is posted to it, as a Collector does, or takes it and never answers. */
export interface OtlpReceiver {
  /** Without a path. */
  readonly origin: string;
  readonly posts: readonly Post[];
  stop(): Promise<void>;
}

export async function startOtlpReceiver({ answers = true } = {}): Promise<OtlpReceiver> {
  const posts: Post[] = [];
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url: path = '', headers } = request;
    posts.push({ path, headers, body: await buffer(request) });
    if (answers) response.writeHead(200, { 'content-type': headers['content-type'] }).end(isJson(headers) ? '{}' : '');
  }
  const server = createServer((request, response) => void take(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** What one post in JSON says of a metric: its data points, with their temporality. */
export function metricIn(
  { headers, body }: Post,
  name: string,
): { points: Point[]; temporality: 'delta' | 'cumulative' | undefined } | undefined {
  if (!isJson(headers)) throw new Error(`a post of ${headers['content-type']}`);
  const { resourceMetrics } = JSON.parse(body.toString()) as Request;
  const metric = resourceMetrics.flatMap((one) => one.scopeMetrics.flatMap((scope) => scope.metrics)).find((one) => one.name === name);
  const data = metric?.sum ?? metric?.gauge ?? metric?.histogram;
  return data && { points: data.dataPoints, temporality: ([undefined, 'delta', 'cumulative'] as const)[data.aggregationTemporality ?? 0] };
}

/** The resource of a post in JSON. */
export function resourceIn({ body }: Post): Record<string, unknown> {
  const { resourceMetrics } = JSON.parse(body.toString()) as Request;
  return Object.fromEntries(resourceMetrics[0]?.resource.attributes.map(({ key, value }) => [key, Object.values(value)[0]]) ?? []);
}

function isJson(headers: IncomingHttpHeaders): boolean {
  return headers['content-type'] === 'application/json';
}

export interface Point {
  readonly asDouble?: number;
  readonly count?: number;
  readonly sum?: number;
}

interface Data {
  readonly dataPoints: Point[];
  readonly aggregationTemporality?: number;
}

interface Request {
  readonly resourceMetrics: readonly {
    readonly resource: { readonly attributes: readonly { key: string; value: object }[] };
    readonly scopeMetrics: readonly { readonly metrics: readonly { name: string; sum?: Data; gauge?: Data; histogram?: Data }[] }[];
  }[];
}
