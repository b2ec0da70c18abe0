import { once } from 'node:events';
import type { Server } from 'node:http';

export const DEFAULT_PORT = 9464;
const LAST_AUTO_PORT = DEFAULT_PORT + 99;
const AUTO_PORTS = Array.from({ length: LAST_AUTO_PORT - DEFAULT_PORT + 1 }, (_, i) => DEFAULT_PORT + i);
/** A port that the system finds free on one address may be taken on the other: then another one is asked for. */
const ANY_PORTS = Array.from({ length: 20 }, () => 0);
const LOOPBACK_ADDRESSES = ['127.0.0.1', '::1'];

export interface Listening {
  readonly servers: readonly Server[];
  readonly port: number;
}

/**
 * Opens one port for servers: on 127.0.0.1 and ::1, as far as the machine has them, where the host is `localhost`, else on the host alone.
 * @throws Error whose `cause` is the system's error.
 */
export async function listen(createServer: () => Server, host: string, port: number | 'auto'): Promise<Listening> {
  const addresses = host === 'localhost' ? LOOPBACK_ADDRESSES : [host];
  let failure: unknown;
  for (const candidate of port === 'auto' ? AUTO_PORTS : port === 0 ? ANY_PORTS : [port]) {
    try {
      return await openPort(createServer, addresses, candidate);
    } catch (error) {
      failure = error;
      if (codeOf(error) !== 'EADDRINUSE') break;
    }
  }
  throw new Error(describe(failure, host, port), { cause: failure });
}

async function openPort(createServer: () => Server, addresses: readonly string[], port: number): Promise<Listening> {
  const servers: Server[] = [];
  let absence: unknown;
  for (const address of addresses) {
    try {
      servers.push(await listenOn(createServer(), address, portOf(servers[0]) ?? port));
    } catch (error) {
      absence = error;
      if (codeOf(error) === 'EADDRNOTAVAIL' || codeOf(error) === 'EAFNOSUPPORT') continue;
      for (const server of servers) server.close();
      throw error;
    }
  }
  const opened = portOf(servers[0]);
  if (opened === undefined) throw absence;
  return { servers, port: opened };
}

async function listenOn(server: Server, host: string, port: number): Promise<Server> {
  // Exclusive: the workers of a cluster would share a port, and each scrape would meet another one's metrics.
  server.listen({ host, port, exclusive: true });
  await once(server, 'listening');
  return server;
}

function portOf(server: Server | undefined): number | undefined {
  const address = server?.address();
  return typeof address === 'object' ? address?.port : undefined;
}

function codeOf(error: unknown): unknown {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

function describe(error: unknown, host: string, port: number | 'auto'): string {
  if (codeOf(error) !== 'EADDRINUSE') return `can't listen on host ${JSON.stringify(host)}, port ${port}: ${String(error)}`;
  if (port === 'auto') return `port "auto": all of ${DEFAULT_PORT} to ${LAST_AUTO_PORT} are taken on host ${host}`;
  return `port ${port} is taken on host ${host}; give another one, 0 for any that is free, or "auto" for the next from ${DEFAULT_PORT} on`;
}
