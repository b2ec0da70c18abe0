import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ServerName, ServerState, Workload } from './server-name.ts';

const PROGRAM = fileURLToPath(import.meta.resolve('./serve-in-child.ts'));

export interface ChildServer {
  readonly name: ServerName;
  readonly url: string;
  state(): Promise<ServerState>;
  stop(): void;
}

export async function startChildServer(name: ServerName, workload: Workload): Promise<ChildServer> {
  const child = fork(PROGRAM, [name, workload]);
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return {
    name,
    url: `http://127.0.0.1:${port}/predict`,
    state: async () => {
      child.send('state');
      const [state] = (await once(child, 'message')) as [ServerState];
      return state;
    },
    stop: () => child.disconnect(),
  };
}
