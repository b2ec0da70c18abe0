import { genAiMetrics as metric, inferenceMetrics } from '@modelmeter/core';
import { describe, expect, test } from 'vitest';
import { CHAT, chatModel, read, STREAMS, usage, word } from './scripted-chat.ts';

const SERIES = { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'gpt' };
const GEN_AI = { provider: 'openai', usage } as const;

describe.each(Object.entries(STREAMS))('%s', (_kind, stream) => {
  test('has its duration, its tokens, the time to its first chunk and to each further one', async () => {
    const { metrics, clock, collect, requests } = chatModel();
    const chat = metrics.wrap(() => stream(CHAT, clock) as AsyncIterable<ReturnType<typeof word>>, { genAi: GEN_AI });
    expect(await read(chat())).toBe('Hello dear reader');
    const values = await collect();
    expect(values.all(metric.clientOperationDuration)).toMatchObject([[SERIES, { count: 1, sum: 4 }]]);
    expect(values.all(metric.clientTimeToFirstChunk)).toMatchObject([[SERIES, { count: 1, sum: 2 }]]);
    expect(values.all(metric.clientTimePerOutputChunk)).toMatchObject([[SERIES, { count: 3, sum: 1 }]]);
    expect(values.all(metric.clientTokenUsage)).toMatchObject([
      [
        { ...SERIES, 'gen_ai.token.type': 'input' },
        { count: 1, sum: 11 },
      ],
      [
        { ...SERIES, 'gen_ai.token.type': 'output' },
        { count: 1, sum: 3 },
      ],
    ]);
    expect(await requests()).toEqual({ succeeded: { count: 1, seconds: 4 }, failed: {}, active: 0 });
    expect(values.value(inferenceMetrics.inferenceTimeToFirstChunk)).toBe(2);
  });

  test('that is left early was cancelled, and its tokens are not recorded', async () => {
    const { metrics, clock, collect, requests } = chatModel();
    const chat = metrics.wrap(() => stream(CHAT, clock) as AsyncIterable<ReturnType<typeof word>>, { genAi: GEN_AI });
    expect(await read(chat(), 2)).toBe('Hello dear');
    await new Promise((resolve) => setImmediate(resolve));
    const values = await collect();
    expect(values.all(metric.clientOperationDuration)).toMatchObject([
      [
        { ...SERIES, 'error.type': 'cancelled' },
        { count: 1, sum: 2.5 },
      ],
    ]);
    expect(values.all(metric.clientTimeToFirstChunk)).toMatchObject([[SERIES, { count: 1, sum: 2 }]]);
    expect(values.all(metric.clientTimePerOutputChunk)).toMatchObject([[SERIES, { count: 1, sum: 0.5 }]]);
    expect(values.all(metric.clientTokenUsage)).toEqual([]);
    expect(await requests()).toMatchObject({ failed: { cancelled: 1 }, active: 0 });
  });

  test('that fails midway has the type of its error, and its reader gets the error', async () => {
    const { metrics, clock, collect } = chatModel();
    const error = new DOMException('too slow', 'TimeoutError');
    const script = [...CHAT.slice(0, 2), { after: 8, error }];
    const chat = metrics.wrap(() => stream(script, clock) as AsyncIterable<ReturnType<typeof word>>, { genAi: GEN_AI });
    await expect(read(chat())).rejects.toBe(error);
    const values = await collect();
    expect(values.all(metric.clientOperationDuration)).toMatchObject([
      [
        { ...SERIES, 'error.type': 'timeout' },
        { count: 1, sum: 10.5 },
      ],
    ]);
    expect(values.count(metric.clientTimePerOutputChunk)).toBe(1);
    expect(values.all(metric.clientTokenUsage)).toEqual([]);
  });

  test('without a chunk has its duration alone', async () => {
    const { metrics, clock, collect } = chatModel();
    const chat = metrics.wrap(() => stream([{ after: 1 }], clock) as AsyncIterable<ReturnType<typeof word>>, { genAi: GEN_AI });
    expect(await read(chat())).toBe('');
    const values = await collect();
    expect(values.value(metric.clientOperationDuration)).toBe(1);
    for (const absent of [metric.clientTimeToFirstChunk, metric.clientTimePerOutputChunk, metric.clientTokenUsage]) {
      expect(values.all(absent)).toEqual([]);
    }
    expect(values.all(inferenceMetrics.inferenceTimeToFirstChunk)).toEqual([]);
  });
});

test('an error has a type that is known, never one of its own', async () => {
  const { metrics, collect } = chatModel();
  const typed = (type: string) => metrics.wrap(() => word(type), { classifyResult: () => type, genAi: GEN_AI });
  for (const type of ['rate_limited', 'invalid_input', 'user 4711 has no money']) typed(type)();
  expect((await collect()).all(metric.clientOperationDuration).map(([attributes]) => attributes['error.type'])).toEqual([
    'rate_limited',
    'invalid_input',
    '_OTHER',
  ]);
});

test('series end with the model', async () => {
  const { metrics, clock, collect } = chatModel();
  metrics.wrap(() => word('Hello'), { genAi: GEN_AI })();
  metrics.close();
  expect((await collect()).count(metric.clientOperationDuration)).toBe(1);
  clock.advance(301);
  await collect();
  expect((await collect()).all(metric.clientOperationDuration)).toEqual([]);
});
