import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ServerName, ServerPair, ServerState, Workload } from './server-pair.ts';

const PROGRAM = fileURLToPath(import.meta.resolve('./serve-in-child.ts'));

export interface ChildServers extends ServerPair {
  state(): Promise<ServerState>;
  stop(): void;
}

/** Starts a process with two servers: a bare one and one of that name. */
export async function startChildServers(name: ServerName, workload: Workload): Promise<ChildServers> {
  const child = fork(PROGRAM, [name, workload]);
  const [pair] = (await once(child, 'message')) as [ServerPair];
  return {
    ...pair,
    state: async () => {
      child.send('state');
      const [state] = (await once(child, 'message')) as [ServerState];
      return state;
    },
    stop: () => child.disconnect(),
  };
}
