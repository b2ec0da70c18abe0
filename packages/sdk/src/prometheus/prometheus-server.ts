import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { diag } from '@opentelemetry/api';
import { checkPath, checkPort, checkString } from '../check-option.ts';
import { DEFAULT_PORT, listen } from './listen.ts';
import type { PrometheusReader } from './prometheus-reader.ts';
import { sayWhy } from './respond.ts';

/** To send a request. */
const REQUEST_TIMEOUT_MILLIS = 10_000;
/** Without a byte being taken or sent, before a client is given up. */
const STALLED_TIMEOUT_MILLIS = 30_000;
/** Between two requests: longer than scrapes are usually apart, so that they share a connection. */
const KEEP_ALIVE_MILLIS = 75_000;
/** For answers under way when the server is closed. */
const CLOSE_TIMEOUT_MILLIS = 1000;

export interface PrometheusServerOptions {
  readonly reader: Pick<PrometheusReader, 'handler'>;
  /**
   * Name or address to listen on; `0.0.0.0` or `::` for all of the machine. `localhost` means both 127.0.0.1 and ::1.
   * @default 'localhost'
   */
  readonly host?: string | undefined;
  /**
   * 0 to 65535, where 0 is any free port; `auto` is 9464 or the next free one of the 99 that follow.
   * @default 9464
   */
  readonly port?: number | 'auto' | undefined;
  /**
   * Begins with `/`.
   * @default '/metrics'
   */
  readonly path?: string | undefined;
}

export interface PrometheusServer {
  /** Such as `http://localhost:9464/metrics`. */
  readonly url: string;
  readonly port: number;
  /** Resolves when the port is free again and all connections are closed, after a second at most. */
  close(): Promise<void>;
}

/**
 * Serves a reader's page over HTTP; resolves when it listens. The server keeps no process alive.
 * @throws TypeError or RangeError that names the option and its value; Error that names host and port where these can't be had, with the
 * system's error as its `cause`.
 */
export async function startPrometheusServer({ reader, ...options }: PrometheusServerOptions): Promise<PrometheusServer> {
  const host = checkString('host', options.host) ?? 'localhost';
  const path = checkPath('path', options.path) ?? '/metrics';

  const handler = (request: IncomingMessage, response: ServerResponse): void => {
    if (request.url?.split('?', 1)[0] === path) reader.handler(request, response);
    else sayWhy(response, 404, `There is nothing here. The metrics are at ${path}`);
  };
  const { servers, port } = await listen(() => createUnreferencedServer(handler), host, checkPort('port', options.port) ?? DEFAULT_PORT);
  // Such as too many open files.
  for (const server of servers) server.on('error', (error) => diag.warn('modelmeter: the Prometheus server met an error', error));

  let closed: Promise<void> | undefined;
  return { url: `http://${urlHost(host)}:${port}${path}`, port, close: () => (closed ??= closeAll(servers)) };
}

function createUnreferencedServer(handler: (request: IncomingMessage, response: ServerResponse) => void): Server {
  const timeouts = { requestTimeout: REQUEST_TIMEOUT_MILLIS, headersTimeout: REQUEST_TIMEOUT_MILLIS, keepAliveTimeout: KEEP_ALIVE_MILLIS };
  const server = createServer(timeouts, handler).setTimeout(STALLED_TIMEOUT_MILLIS).unref();
  server.on('connection', (socket) => socket.unref());
  return server;
}

async function closeAll(servers: readonly Server[]): Promise<void> {
  const closed = servers.map((server) => new Promise<void>((resolve) => void server.close(() => resolve())));
  const timer = setTimeout(() => servers.forEach((server) => server.closeAllConnections()), CLOSE_TIMEOUT_MILLIS);
  await Promise.all(closed);
  clearTimeout(timer);
}

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
