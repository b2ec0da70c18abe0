import cluster from 'node:cluster';
import { createServer, type Server } from 'node:net';
import { diag } from '@opentelemetry/api';

/** How soon another process notices that the lock is free. */
const RETRY_MILLISECONDS = 2000;

/**
 * Has `lead` called once this process is the one that reports what all processes of the host share. The lock is an address that one process
 * at a time can listen on, and that is free again as soon as that process is gone, however it ended. Nothing here keeps a process alive.
 * @param lock name of the lock; `false`: lead without one.
 * @param lead begins to report and returns a function that stops it.
 * @param address what to listen on; by default that of the lock, on platforms that have such addresses.
 * @returns a function that stops it, and gives the lock back.
 */
export function whenHostLeader(lock: string | false, lead: () => () => void, address = addressOf(lock)): () => void {
  if (lock === false) return lead();
  let stopLeading: (() => void) | undefined;
  let server: Server | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;

  function begin(): void {
    if (!isOver) stopLeading ??= lead();
  }
  function tryLater(): void {
    if (!isOver) timer = setTimeout(tryNow, RETRY_MILLISECONDS).unref();
  }
  function tryNow(): void {
    const candidate = createServer((socket) => void socket.destroy()).unref();
    candidate.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') return tryLater();
      diag.warn(
        `modelmeter: the lock ${lock} of the host cannot be had (${error.message}); this process reports the host whatever others do`,
      );
      begin();
    });
    // `exclusive`, because workers of a cluster would listen together otherwise.
    server = candidate.listen({ path: address, exclusive: true }, begin);
  }

  if (address === undefined) begin();
  // The primary of a cluster is to have it, even if it reports a little later than its workers.
  else if (cluster.isWorker) tryLater();
  else tryNow();
  return () => {
    isOver = true;
    clearTimeout(timer);
    server?.close();
    stopLeading?.();
  };
}

/** Undefined where the platform has no addresses that go with their process. */
function addressOf(lock: string | false): string | undefined {
  if (lock === false) return undefined;
  if (process.platform === 'linux') return `\0${lock}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${lock}` : undefined;
}
