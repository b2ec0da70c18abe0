import { createServer, type Server } from 'node:http';
import type { AddressInfo, ListenOptions } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../../src/prometheus/listen.ts';

/** Makes servers that fail on an address for the given number of times, as they do on a machine without it. */
function serversThatFail(address: string, code: string, times = Infinity): () => Server {
  let left = times;
  return () => {
    const server = createServer();
    const listenAsUsual = server.listen.bind(server) as (options: ListenOptions) => Server;
    return Object.assign(server, {
      listen(options: ListenOptions): Server {
        if (options.host !== address || left-- <= 0) return listenAsUsual(options);
        process.nextTick(() => server.emit('error', Object.assign(new Error(`listen ${code}`), { code })));
        return server;
      },
    });
  };
}

async function listenUntilTheEnd(...[create, host, port]: Parameters<typeof listen>): ReturnType<typeof listen> {
  const listening = await listen(create, host, port);
  onTestFinished(() => listening.servers.forEach((server) => server.close()));
  return listening;
}

const addressesOf = (servers: readonly Server[]) => servers.map((server) => (server.address() as AddressInfo).address);

test.for(['EADDRNOTAVAIL', 'EAFNOSUPPORT'])('a machine without ::1 (%s) serves localhost on 127.0.0.1', async (code) => {
  const { servers, port } = await listenUntilTheEnd(serversThatFail('::1', code), 'localhost', 0);
  expect(addressesOf(servers)).toEqual(['127.0.0.1']);
  expect(port).toBeGreaterThan(0);
});

test('a machine without any loopback address gets the error of the system', async () => {
  const create = serversThatFail('127.0.0.1', 'EADDRNOTAVAIL');
  await expect(listenUntilTheEnd(create, '127.0.0.1', 0)).rejects.toMatchObject({ cause: { code: 'EADDRNOTAVAIL' } });
});

test('a free port that is taken on the second address is exchanged for another one', async () => {
  const { servers, port } = await listenUntilTheEnd(serversThatFail('::1', 'EADDRINUSE', 3), 'localhost', 0);
  expect(servers.map((server) => (server.address() as AddressInfo).port)).toEqual(servers.map(() => port));
});

test('the search for a free port on both addresses ends', async () => {
  const create = serversThatFail('::1', 'EADDRINUSE');
  await expect(listenUntilTheEnd(create, 'localhost', 0)).rejects.toMatchObject({ cause: { code: 'EADDRINUSE' } });
});

test('the search for the next free port ends after 100', async () => {
  const create = serversThatFail('127.0.0.1', 'EADDRINUSE');
  await expect(listenUntilTheEnd(create, '127.0.0.1', 'auto')).rejects.toThrow(
    'port "auto": all of 9464 to 9563 are taken on host 127.0.0.1',
  );
});

test('a lack of permission is told as such', async () => {
  const create = serversThatFail('127.0.0.1', 'EACCES');
  await expect(listenUntilTheEnd(create, '127.0.0.1', 80)).rejects.toThrow(
    'can\'t listen on host "127.0.0.1", port 80: Error: listen EACCES',
  );
});
