import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What a message to a Slack webhook looks like, as far as we look at it. */
export interface SlackMessage {
  readonly channel?: string;
  readonly attachments?: readonly { readonly title?: string; readonly text?: string }[];
}

/** A Slack webhook that shows nothing to anybody. */
export interface SlackSink {
  readonly url: string;
  readonly messages: readonly SlackMessage[];
  stop(): Promise<void>;
}

export async function startSlackSink(): Promise<SlackSink> {
  const messages: SlackMessage[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    messages.push((await json(request)) as SlackMessage);
    response.end('ok');
  };
  const server = createServer((request, response) => void take(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/sink`,
    messages,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
