import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

const WORDS = ['Hello', ' dear', ' reader'];

/** Speaks the chat of OpenAI (11 tokens in, 3 out) and the messages of Anthropic (25 in, 15 out), and refuses the model `busy` with status 429. */
export async function languageModelServer(): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    void (async () => {
      const { model, stream } = (await json(request)) as { model: string; stream?: boolean };
      const isOpenAi = request.url === '/chat/completions';
      if (model === 'busy') send(response, 429, { error: { message: 'later' } });
      else if (stream) sendEvents(response, isOpenAi ? openAiEvents() : anthropicEvents());
      else send(response, 200, isOpenAi ? openAiAnswer() : anthropicMessage(WORDS.join(''), 15));
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function sendEvents(response: ServerResponse, events: readonly string[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).end(events.join(''));
}

function openAiAnswer() {
  const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: WORDS.join('') } }];
  return { id: '1', object: 'chat.completion', choices, usage: { prompt_tokens: 11, completion_tokens: 3 } };
}

/** Four: one for each word, the first with the role and the last with the reason, and one for the usage. */
function openAiEvents(): string[] {
  const chunk = (choices: readonly object[], usage: object | null) => ({ id: '1', object: 'chat.completion.chunk', choices, usage });
  const chunks = WORDS.map((content, i) =>
    chunk([{ index: 0, delta: { role: 'assistant', content }, finish_reason: i === WORDS.length - 1 ? 'stop' : null }], null),
  );
  chunks.push(chunk([], { prompt_tokens: 11, completion_tokens: 3 }));
  return [...chunks.map((one) => `data: ${JSON.stringify(one)}\n\n`), 'data: [DONE]\n\n'];
}

function anthropicMessage(text: string | undefined, outputTokens: number) {
  const content = text === undefined ? [] : [{ type: 'text', text }];
  const usage = { input_tokens: 25, output_tokens: outputTokens };
  return { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude', content, stop_reason: null, stop_sequence: null, usage };
}

/** Eight: a word has one, and there are five around them. */
function anthropicEvents(): string[] {
  const events = [
    { type: 'message_start', message: anthropicMessage(undefined, 1) },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    ...WORDS.map((text) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })),
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 15 } },
    { type: 'message_stop' },
  ];
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}
