import { genAiMetrics as metric } from '@modelmeter/core';
import { describe, expect, test } from 'vitest';
import { CHAT, type Chunk, chatModel, read, STREAMS, usage, word } from './scripted-chat.ts';

const SERIES = { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'our.gpu', 'gen_ai.request.model': 'gpt' };
const tokensOf = ({ text }: Chunk) => text.trim().split(' ').filter(Boolean).length;
const GEN_AI = { provider: 'our.gpu', role: 'server', tokensOf } as const;

const CLIENT = [metric.clientOperationDuration, metric.clientTimeToFirstChunk, metric.clientTimePerOutputChunk, metric.clientTokenUsage];

describe.each(Object.entries(STREAMS))('%s', (_kind, stream) => {
  test('has its duration, the time to its first token and per token after it', async () => {
    const { metrics, clock, collect } = chatModel();
    const chat = metrics.wrap(() => stream(CHAT, clock) as AsyncIterable<Chunk>, { genAi: GEN_AI });
    await read(chat());
    const values = await collect();
    expect(values.all(metric.serverRequestDuration)).toMatchObject([[SERIES, { count: 1, sum: 4 }]]);
    expect(values.all(metric.serverTimeToFirstToken)).toMatchObject([[SERIES, { count: 1, sum: 2 }]]);
    // 3 tokens: 2 seconds for the 2 after the first.
    expect(values.all(metric.serverTimePerOutputToken)).toMatchObject([[SERIES, { count: 1, sum: 1 }]]);
    for (const absent of CLIENT) expect(values.all(absent)).toEqual([]);
  });
});

/** What a server records that answers with these chunks, one each second, and ends at once after them. */
async function served(chunks: readonly Chunk[], genAi: { usage?: typeof usage; tokensOf?: typeof tokensOf } = { tokensOf }) {
  const { metrics, clock, collect } = chatModel();
  const chat = metrics.wrap(
    async function* () {
      for (const chunk of chunks) {
        clock.advance(1);
        yield chunk;
      }
    },
    { genAi: { ...GEN_AI, tokensOf: undefined as never, ...genAi } },
  );
  await read(chat());
  const values = await collect();
  return {
    duration: values.value(metric.serverRequestDuration),
    first: values.value(metric.serverTimeToFirstToken),
    perToken: values.value(metric.serverTimePerOutputToken),
  };
}

test('the first token is in the first chunk that has any', async () => {
  expect(await served([word(''), word('Hello'), word('you two')])).toEqual({ duration: 3, first: 2, perToken: 0.5 });
});

test('a chunk may have many tokens', async () => {
  expect(await served([word('Hello dear'), word('reader of this test')])).toEqual({ duration: 2, first: 1, perToken: 0.2 });
});

test('a single token has no time per further one', async () => {
  expect(await served([word('Yes')])).toEqual({ duration: 1, first: 1, perToken: undefined });
});

test('the usage that is told counts, not what is counted', async () => {
  const told = { text: '', usage: { prompt_tokens: 5, completion_tokens: 9 } };
  expect(await served([word('Hello'), told], { usage, tokensOf })).toEqual({ duration: 2, first: 1, perToken: 0.125 });
});

test('where nobody knows the tokens the first chunk has the first, and no time per token is recorded', async () => {
  expect(await served([word(''), word('Hello')], {})).toEqual({ duration: 2, first: 1, perToken: undefined });
});

test('an answer that is no stream has its duration alone', async () => {
  const { metrics, clock, collect } = chatModel();
  const chat = metrics.wrap(
    async () => {
      clock.advance(2);
      return word('Hello dear reader');
    },
    { genAi: GEN_AI },
  );
  await chat();
  const values = await collect();
  expect(values.all(metric.serverRequestDuration)).toMatchObject([[SERIES, { count: 1, sum: 2 }]]);
  expect(values.all(metric.serverTimeToFirstToken)).toEqual([]);
  expect(values.all(metric.serverTimePerOutputToken)).toEqual([]);
});

test('times of tokens are of answers that succeed', async () => {
  const { metrics, clock, collect } = chatModel();
  const chat = metrics.wrap(() => STREAMS['an async generator']?.(CHAT, clock) as AsyncIterable<Chunk>, { genAi: GEN_AI });
  await read(chat(), 2);
  const values = await collect();
  expect(values.all(metric.serverRequestDuration)).toMatchObject([
    [
      { ...SERIES, 'error.type': 'cancelled' },
      { count: 1, sum: 2.5 },
    ],
  ]);
  expect(values.all(metric.serverTimeToFirstToken)).toEqual([]);
});
