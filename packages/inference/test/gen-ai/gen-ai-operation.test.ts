import { dropped, genAiMetrics as metric, inferenceMetrics } from '@modelmeter/core';
import { expect, test } from 'vitest';
import { CHAT, ChatStream, type Chunk, chatModel, LazyAnswer, read, usage, word } from './scripted-chat.ts';

const ANSWER: Chunk = { text: 'Hello', usage: { prompt_tokens: 11, completion_tokens: 3 } };
const INPUT = { 'gen_ai.token.type': 'input' };
const OUTPUT = { 'gen_ai.token.type': 'output' };

test.each<[string, (ask: () => Chunk) => Chunk | PromiseLike<Chunk>]>([
  ['a result', (ask) => ask()],
  ['a promise', async (ask) => ask()],
  ['a promise that begins when awaited', (ask) => new LazyAnswer(async () => ask())],
])('%s has its duration and its tokens, and no chunks', async (_kind, answer) => {
  const { metrics, clock, collect, requests } = chatModel();
  const ask = () => {
    clock.advance(2);
    return ANSWER;
  };
  const chat = metrics.wrap(() => answer(ask), { genAi: { provider: 'openai', usage } });
  expect(await chat()).toBe(ANSWER);
  const values = await collect();
  expect(values.all(metric.clientOperationDuration)).toMatchObject([[{}, { count: 1, sum: 2 }]]);
  expect(values.value(metric.clientTokenUsage, INPUT)).toBe(11);
  expect(values.value(metric.clientTokenUsage, OUTPUT)).toBe(3);
  expect(values.all(metric.clientTimeToFirstChunk)).toEqual([]);
  expect(await requests()).toEqual({ succeeded: { count: 1, seconds: 2 }, failed: {}, active: 0 });
});

test('a refusal is a failure, thrown at once or later', async () => {
  const { metrics, clock, collect } = chatModel();
  const refuse = () => {
    clock.advance(1);
    throw new DOMException('stop', 'AbortError');
  };
  const genAi = { provider: 'openai' };
  expect(metrics.wrap(refuse, { genAi })).toThrow('stop');
  await expect(metrics.wrap(async () => refuse(), { genAi })()).rejects.toThrow('stop');
  await expect(metrics.wrap(() => new LazyAnswer(async () => refuse()), { genAi })()).rejects.toThrow('stop');
  const all = (await collect()).all(metric.clientOperationDuration);
  expect(all).toMatchObject([[{ 'error.type': 'cancelled' }, { count: 3, sum: 3 }]]);
});

test('tokens that nobody tells are counted where they can be', async () => {
  const { metrics, clock, collect } = chatModel();
  const genAi = { provider: 'openai', tokensOf: ({ text }: Chunk) => (text === '' ? 0 : 1) };
  async function* chunks() {
    for (const { after, chunk } of CHAT) {
      clock.advance(after);
      if (chunk) yield chunk;
    }
  }
  await read(metrics.wrap(() => new ChatStream(chunks), { genAi })());
  metrics.wrap(() => word('Hello'), { genAi })();
  metrics.wrap(() => word(''), { genAi })();
  const values = await collect();
  expect(values.all(metric.clientTokenUsage)).toMatchObject([[OUTPUT, { count: 3, sum: 4 }]]);
});

test('of numbers that are told again and again the last one holds', async () => {
  const { metrics, collect } = chatModel();
  const usages = [{ inputTokens: 25, outputTokens: 1 }, null, { outputTokens: 7 }, { outputTokens: 15 }, undefined];
  const chat = metrics.wrap(
    async function* () {
      yield* usages;
    },
    { genAi: { provider: 'anthropic', usage: (told) => told } },
  );
  for await (const _ of chat());
  const values = await collect();
  expect(values.all(metric.clientTokenUsage)).toMatchObject([
    [INPUT, { count: 1, sum: 25 }],
    [OUTPUT, { count: 1, sum: 15 }],
  ]);
});

test('tokens that nobody knows are not recorded', async () => {
  const { metrics, collect } = chatModel();
  metrics.wrap(() => ANSWER, { genAi: { provider: 'openai' } })();
  metrics.wrap(() => word('Hello'), { genAi: { provider: 'openai', usage } })();
  metrics.wrap(() => undefined, { genAi: { provider: 'openai', usage: () => ({ inputTokens: 1 }) } })();
  const values = await collect();
  expect(values.count(metric.clientOperationDuration)).toBe(3);
  expect(values.all(metric.clientTokenUsage)).toEqual([]);
});

test('a function of yours that fails costs its tokens alone, and is counted', async () => {
  const { metrics, collect, requests } = chatModel();
  const fail = () => {
    throw new Error('of yours');
  };
  const chat = metrics.wrap(() => ANSWER, { genAi: { provider: 'openai', usage: fail, tokensOf: fail } });
  expect(chat()).toBe(ANSWER);
  const values = await collect();
  expect(values.count(metric.clientOperationDuration)).toBe(1);
  expect(values.all(metric.clientTokenUsage)).toEqual([]);
  expect(values.value(dropped, { reason: 'hook_error' })).toBe(2);
  expect(await requests()).toMatchObject({ succeeded: { count: 1 }, active: 0 });
});

test('a call within a request of the same model is a stage of it, and an operation of its own', async () => {
  const { metrics, clock, collect, requests } = chatModel();
  const chat = metrics.wrap(
    async () => {
      clock.advance(1);
      return ANSWER;
    },
    { genAi: { provider: 'openai', usage } },
  );
  const handle = metrics.wrap(async () => [await chat(), await chat()]);
  await handle();
  const values = await collect();
  expect(await requests()).toEqual({ succeeded: { count: 1, seconds: 2 }, failed: {}, active: 0 });
  expect(values.count(inferenceMetrics.inferenceStageDuration)).toBe(2);
  expect(values.all(metric.clientOperationDuration)).toMatchObject([[{}, { count: 2, sum: 2 }]]);
  expect(values.value(metric.clientTokenUsage, OUTPUT)).toBe(6);
});

test('a warm-up is no operation', async () => {
  const { metrics, collect } = chatModel();
  const chat = metrics.wrap(() => ANSWER, { genAi: { provider: 'openai', usage } });
  metrics.warmUp(chat);
  expect((await collect()).all(metric.clientOperationDuration)).toEqual([]);
  chat();
  expect((await collect()).count(metric.clientOperationDuration)).toBe(1);
});

test('what stands still was a timeout when its last chunk came', async () => {
  const { metrics, clock, collect } = chatModel();
  const stream = metrics.wrap(
    async function* () {
      clock.advance(2);
      yield word('Hello');
      await new Promise(() => {});
    },
    { genAi: { provider: 'openai' } },
  )();
  await stream.next();
  clock.advance(301);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  expect((await collect()).all(metric.clientOperationDuration)).toMatchObject([[{ 'error.type': 'timeout' }, { count: 1, sum: 2 }]]);
});
