import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';
import { startServerProcess } from './server-process.ts';

/** An installed server that is reached over HTTP. */
export interface LocalServer {
  readonly url: string;
  /** The end of what it wrote to standard error. */
  log(): string;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
}

export interface LocalServerOptions {
  readonly program: string;
  /** Answers with 200 once the server is ready. */
  readonly readyPath: string;
  /** What is in its folder, by name. */
  readonly files: Readonly<Record<string, string>>;
  /** @param address host and port that it is to listen on. */
  readonly args: (folder: string, address: string) => readonly string[];
}

/** Starts a server on 127.0.0.1 with a free port and a temporary folder; resolves when it is ready. */
export async function startLocalServer({ program, readyPath, files, args }: LocalServerOptions): Promise<LocalServer> {
  const folder = await mkdtemp(join(tmpdir(), `modelmeter-${program}-`));
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));
  const address = `127.0.0.1:${await freePort()}`;
  const url = `http://${address}`;
  const server = startServerProcess(program, args(folder, address));

  async function stop(): Promise<void> {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  async function isReady(): Promise<boolean> {
    if (server.hasEnded()) throw new Error(`${program} ended`);
    const response = await fetch(url + readyPath).catch(() => undefined);
    await response?.arrayBuffer();
    return response?.ok === true;
  }

  try {
    await eventually(isReady, `${program} to be ready`);
  } catch (error) {
    await stop();
    throw new Error(`${program} did not start:\n${server.log()}`, { cause: error });
  }
  return { url, log: () => server.log(), stop };
}
