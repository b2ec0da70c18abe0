import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type ReceivedMetric, readOtlp } from './otlp-metrics.ts';

/** A server on 127.0.0.1 that takes metrics as a Collector does. */
export interface OtlpReceiver {
  readonly url: string;
  /** The metrics of each post, oldest first. */
  readonly exports: readonly ReceivedMetric[][];
  stop(): Promise<void>;
}

export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const exports: ReceivedMetric[][] = [];
  const server = createServer((request, response) => {
    const contentType = request.headers['content-type'];
    const isRead = buffer(request).then((body) => exports.push(readOtlp(body, contentType)));
    isRead.then(
      () => response.writeHead(200, { 'content-type': contentType }).end(contentType === 'application/json' ? '{}' : ''),
      (error: unknown) => response.writeHead(400).end(String(error)),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/metrics`,
    exports,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
