import { setTimeout as sleep } from 'node:timers/promises';

// Run as: program.ts <ending> <number of startMetrics> <endpoint> <flush timeout in seconds>
const [ending, starts, endpoint, flushTimeoutSeconds] = process.argv.slice(2);

/** How the program ends. */
export type Ending = keyof typeof endings;

const endings = {
  'work is done': () => {},
  'work is done, with an exit code': () => {
    process.exitCode = 4;
  },
  'work is done, and beforeExit begins more': () => {
    process.once('beforeExit', () => void sleep(50).then(() => (process.exitCode = 5)));
  },
  'a promise is never settled': () => new Promise(() => {}),
  'an error is thrown': () => {
    throw new Error('on purpose');
  },
  'a signal comes': stay,
  'a signal comes, and a listener exits at once with 3': () => {
    process.on('SIGTERM', () => process.exit(3));
    stay();
  },
  'a signal comes, and a listener exits with 3 a while later': () => {
    process.on('SIGTERM', () => void flushed().then(() => process.exit(3)));
    stay();
  },
  'signals come, and a listener exits with 3 at the second': () => {
    let count = 0;
    process.on('SIGTERM', () => void flushed().then(() => (++count === 2 ? process.exit(3) : say('again'))));
    stay();
  },
  // As signal-exit 4 does.
  'a signal comes, and a listener raises it again if it is the only one': () => {
    const listener = () => {
      if (process.listenerCount('SIGTERM') > 1) return;
      process.removeListener('SIGTERM', listener);
      process.kill(process.pid, 'SIGTERM');
    };
    process.on('SIGTERM', listener);
    stay();
  },
} satisfies Record<string, () => unknown>;

function stay(): void {
  setInterval(() => {}, 1000);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Resolves when the listener of the metrics, if there is one, is back beside the one above. */
async function flushed(): Promise<void> {
  while (process.listenerCount('SIGTERM') < (starts === '0' ? 1 : 2)) await sleep(10);
}

async function startAll(): Promise<void> {
  const { Registry } = await import('@modelmeter/core');
  const { startMetrics } = await import('../../src/index.ts');
  for (let i = 1; i <= Number(starts); i++) {
    const { registry } = await startMetrics({
      registry: new Registry(),
      exporters: ['otlp'],
      otlp: { protocol: 'http/json', endpoint: String(endpoint) },
      flushTimeoutSeconds: Number(flushTimeoutSeconds),
    });
    registry.drop('negative', i);
  }
}

if (process.argv[1] === import.meta.filename) {
  if (starts !== '0') await startAll();
  const ended: unknown = endings[ending as Ending]();
  say('ready');
  await ended;
}
