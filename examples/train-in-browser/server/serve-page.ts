import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ServePageOptions {
  readonly html: string;
  /** What `page.js` is. */
  readonly script: string;
  /** @default a free one */
  readonly port?: number;
}

export interface ServedPage {
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves a page and its script on 127.0.0.1, which browsers take for secure, as WebGPU needs. */
export async function servePage({ html, script, port = 0 }: ServePageOptions): Promise<ServedPage> {
  const files = new Map([
    ['/', ['text/html; charset=utf-8', html]],
    ['/page.js', ['text/javascript; charset=utf-8', script]],
  ]);
  const server = createServer((request, response) => {
    const [type, content] = files.get(new URL(request.url ?? '/', 'http://127.0.0.1').pathname) ?? [];
    if (type === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(content);
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
