import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Facts, Message, Order } from './program/facts.ts';

/** A process that trains and serves, and knows what it does. */
export interface ProofProgram {
  /** Where its metrics are. */
  readonly url: string;
  /** Has it begin; resolves when all runs but one have ended. Serving goes on. */
  begin(): Promise<void>;
  /** What it knows by now. */
  facts(): Promise<Facts>;
  stop(): Promise<void>;
}

export async function startProofProgram(): Promise<ProofProgram> {
  const child = fork(join(import.meta.dirname, 'program/main.ts'), { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const log = child.stderr === null ? '' : text(child.stderr);
  const exit = once(child, 'exit');
  const hasEnded = exit.then(async ([code]) => Promise.reject(new Error(`the program ended with ${code}:\n${await log}`)));
  hasEnded.catch(() => {});

  /** The first message that has this member. */
  function heard<Key extends string>(key: Key): Promise<Extract<Message, Record<Key, unknown>>> {
    const message = new Promise<Extract<Message, Record<Key, unknown>>>((resolve) => {
      const listen = (said: Message) => {
        if (!(key in said)) return;
        child.off('message', listen);
        resolve(said as Extract<Message, Record<Key, unknown>>);
      };
      child.on('message', listen);
    });
    return Promise.race([message, hasEnded]);
  }
  const order = (what: Order) => child.send(what);

  const { url } = await heard('url');
  return {
    url,
    async begin() {
      const done = heard('isDone');
      order('begin');
      await done;
    },
    async facts() {
      const answer = heard('facts');
      order('tell');
      return (await answer).facts;
    },
    async stop() {
      if (child.connected) order('end');
      await exit;
    },
  };
}
