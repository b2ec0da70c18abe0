import Anthropic, { RateLimitError as AnthropicRateLimitError } from '@anthropic-ai/sdk';
import { genAiMetrics as metric } from '@modelmeter/core';
import OpenAI, { RateLimitError } from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { measuredModel } from '../measured-model.ts';
import { languageModelServer } from './language-model-server.ts';

let server: Awaited<ReturnType<typeof languageModelServer>>;
beforeAll(async () => {
  server = await languageModelServer();
});
afterAll(() => server.close());

const MESSAGES = [{ role: 'user', content: 'Hello?' }] as const;

// oxlint-disable typescript/unbound-method -- The wrapper takes the method's place, and hands `this` on.

/** A client whose method that asks is measured in its place. */
function openAi() {
  const classifyError = (error: unknown) => (error instanceof RateLimitError ? 'rejected' : undefined);
  const measured = measuredModel({ model: 'gpt', operation: 'generate', classifyError });
  const { completions } = new OpenAI({ apiKey: 'none', baseURL: server.url, maxRetries: 0 }).chat;
  completions.create = measured.metrics.wrap(completions.create, {
    genAi: {
      provider: 'openai',
      usage: ({ usage }) => usage && { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens },
    },
  });
  return { ...measured, completions };
}

type Completions = ReturnType<typeof openAi>['completions'];

function anthropic() {
  const classifyError = (error: unknown) => (error instanceof AnthropicRateLimitError ? 'rejected' : undefined);
  const measured = measuredModel({ model: 'claude', operation: 'generate', classifyError });
  const { messages } = new Anthropic({ apiKey: 'none', baseURL: server.url, maxRetries: 0 });
  messages.create = measured.metrics.wrap(messages.create, {
    genAi: {
      provider: 'anthropic',
      usage: (part) => {
        const usage = part.type === 'message_start' ? part.message.usage : 'usage' in part ? part.usage : undefined;
        return usage && { inputTokens: usage.input_tokens ?? undefined, outputTokens: usage.output_tokens };
      },
    },
  });
  return { ...measured, messages };
}

type Messages = ReturnType<typeof anthropic>['messages'];

async function countChunks(chunks: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of chunks) count++;
  return count;
}

const OPEN_AI_PLAIN: [string, (completions: Completions) => Promise<unknown>][] = [
  ['an answer', (completions) => completions.create({ model: 'gpt', messages: [...MESSAGES] })],
  ['an answer with its response', (completions) => completions.create({ model: 'gpt', messages: [...MESSAGES] }).withResponse()],
  ['a parsed answer', (completions) => completions.parse({ model: 'gpt', messages: [...MESSAGES] })],
];

const stream = (completions: Completions) => completions.create({ model: 'gpt', messages: [...MESSAGES], stream: true });

const OPEN_AI_STREAMS: [string, (completions: Completions) => Promise<unknown>][] = [
  ['a stream', async (completions) => countChunks(await stream(completions))],
  ['a stream with its response', async (completions) => countChunks((await stream(completions).withResponse()).data)],
  ['a stream that is split', async (completions) => Promise.all((await stream(completions)).tee().map(countChunks))],
  ['a stream that is sent on', async (completions) => countChunks((await stream(completions)).toReadableStream())],
  ['a stream that is gathered', (completions) => completions.stream({ model: 'gpt', messages: [...MESSAGES] }).finalChatCompletion()],
];

describe('the client of OpenAI', () => {
  test.each([...OPEN_AI_PLAIN, ...OPEN_AI_STREAMS])('%s is one operation, with its tokens', async (_what, ask) => {
    const { completions, collect, requests } = openAi();
    await ask(completions);
    expect(await requests()).toMatchObject({ succeeded: { count: 1 }, failed: {}, active: 0 });
    const values = await collect();
    expect(values.count(metric.clientOperationDuration)).toBe(1);
    expect(values.value(metric.clientTokenUsage, { 'gen_ai.token.type': 'input' })).toBe(11);
    expect(values.value(metric.clientTokenUsage, { 'gen_ai.token.type': 'output' })).toBe(3);
  });

  test.each(OPEN_AI_STREAMS)('%s has four chunks', async (_what, ask) => {
    const { completions, collect } = openAi();
    await ask(completions);
    const values = await collect();
    expect(values.count(metric.clientTimeToFirstChunk)).toBe(1);
    expect(values.count(metric.clientTimePerOutputChunk)).toBe(3);
  });

  test('a raw response is over with its headers, and tells of no tokens', async () => {
    const { completions, collect, requests } = openAi();
    const response = await stream(completions).asResponse();
    expect(await requests()).toMatchObject({ succeeded: { count: 1 }, failed: {}, active: 0 });
    expect(await response.text()).toContain('data: [DONE]');
    expect((await collect()).all(metric.clientTokenUsage)).toEqual([]);
  });

  test('a refusal that nobody handles is reported as unhandled, once', async () => {
    const { completions, requests } = openAi();
    const unhandled: unknown[] = [];
    const listeners = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', (reason) => unhandled.push(reason));
    void completions.create({ model: 'busy', messages: [...MESSAGES] });
    while (unhandled.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
    expect(unhandled).toEqual([expect.any(RateLimitError)]);
    expect(await requests()).toMatchObject({ failed: { rejected: 1 }, active: 0 });
  });

  test('what it is asked for it returns', async () => {
    const { completions } = openAi();
    const { choices } = await completions.create({ model: 'gpt', messages: [...MESSAGES] });
    expect(choices[0]?.message.content).toBe('Hello dear reader');
    const { data, response } = await completions.create({ model: 'gpt', messages: [...MESSAGES] }).withResponse();
    expect(data.choices).toEqual(choices);
    expect(response.status).toBe(200);
  });

  test.each<[string, (completions: Completions) => Promise<unknown>]>([
    ['awaited', (completions) => completions.create({ model: 'busy', messages: [...MESSAGES] })],
    ['awaited with its response', (completions) => completions.create({ model: 'busy', messages: [...MESSAGES] }).withResponse()],
    ['awaited as a raw response', (completions) => completions.create({ model: 'busy', messages: [...MESSAGES] }).asResponse()],
    ['parsed', (completions) => completions.parse({ model: 'busy', messages: [...MESSAGES] })],
  ])('a refusal that is %s is a failure', async (_how, ask) => {
    const { completions, requests } = openAi();
    await expect(ask(completions)).rejects.toBeInstanceOf(RateLimitError);
    expect(await requests()).toMatchObject({ succeeded: { count: 0 }, failed: { rejected: 1 }, active: 0 });
  });

  test('a stream that is left was cancelled', async () => {
    const { completions, requests } = openAi();
    for await (const _ of await stream(completions)) break;
    expect(await requests()).toMatchObject({ failed: { cancelled: 1 }, active: 0 });
  });
});

const QUESTION = { model: 'claude', max_tokens: 100, messages: [...MESSAGES] };

describe('the client of Anthropic', () => {
  test.each<[string, number, (messages: Messages) => Promise<unknown>]>([
    ['an answer', 0, (messages) => messages.create(QUESTION)],
    ['an answer with its response', 0, (messages) => messages.create(QUESTION).withResponse()],
    ['a stream', 8, async (messages) => countChunks(await messages.create({ ...QUESTION, stream: true }))],
    [
      'a stream that is split',
      8,
      async (messages) => Promise.all((await messages.create({ ...QUESTION, stream: true })).tee().map(countChunks)),
    ],
    ['a stream that is gathered', 8, (messages) => messages.stream(QUESTION).finalMessage()],
  ])('%s is one operation, with its tokens and %i chunks', async (_what, chunks, ask) => {
    const { messages, collect, requests } = anthropic();
    await ask(messages);
    expect(await requests()).toMatchObject({ succeeded: { count: 1 }, failed: {}, active: 0 });
    const values = await collect();
    expect(values.count(metric.clientOperationDuration)).toBe(1);
    expect(values.value(metric.clientTokenUsage, { 'gen_ai.token.type': 'input' })).toBe(25);
    expect(values.value(metric.clientTokenUsage, { 'gen_ai.token.type': 'output' })).toBe(15);
    expect(values.count(metric.clientTimePerOutputChunk)).toBe(chunks === 0 ? undefined : chunks - 1);
  });

  test('a refusal is a failure', async () => {
    const { messages, requests } = anthropic();
    await expect(messages.create({ ...QUESTION, model: 'busy' }).withResponse()).rejects.toBeInstanceOf(AnthropicRateLimitError);
    expect(await requests()).toMatchObject({ succeeded: { count: 0 }, failed: { rejected: 1 }, active: 0 });
  });
});
