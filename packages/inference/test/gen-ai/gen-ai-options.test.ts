import { genAiMetrics as metric } from '@modelmeter/core';
import { withMetrics } from '@modelmeter/inference';
import { expect, test } from 'vitest';
import { chatModel, word } from './scripted-chat.ts';

test('all attributes are as configured', async () => {
  const { options, collect } = chatModel();
  const chat = withMetrics(() => word('Hello'), {
    ...options,
    genAi: {
      provider: 'gcp.vertex_ai',
      operation: 'generate_content',
      requestModel: 'gemini-pro',
      responseModel: 'gemini-pro-002',
      server: { address: 'example.com', port: 443 },
      usage: () => ({ inputTokens: 1 }),
    },
  });
  chat();
  const values = await collect();
  const attributes = {
    'gen_ai.operation.name': 'generate_content',
    'gen_ai.provider.name': 'gcp.vertex_ai',
    'gen_ai.request.model': 'gemini-pro',
    'gen_ai.response.model': 'gemini-pro-002',
    'server.address': 'example.com',
    'server.port': 443,
  };
  expect(values.all(metric.clientOperationDuration).map(([has]) => has)).toEqual([attributes]);
  expect(values.all(metric.clientTokenUsage).map(([has]) => has)).toEqual([{ ...attributes, 'gen_ai.token.type': 'input' }]);
});

test('nothing but what is known is an attribute', async () => {
  const { metrics, collect } = chatModel();
  metrics.wrap(() => word('Hello'), { genAi: { provider: 'openai' } })();
  expect((await collect()).all(metric.clientOperationDuration).map(([has]) => has)).toEqual([
    { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'gpt' },
  ]);
});

test('without the option nothing of it is recorded', async () => {
  const { metrics, collect } = chatModel();
  metrics.wrap(() => word('Hello'))();
  expect((await collect()).all(metric.clientOperationDuration)).toEqual([]);
});

test.each<[unknown, string]>([
  ['openai', 'genAi is "openai", not an object with a provider'],
  [{}, 'genAi.provider is undefined, not a name'],
  [{ provider: '' }, 'genAi.provider is "", not a name'],
  [{ provider: 'openai', operation: 1 }, 'genAi.operation is 1, not a name'],
  [{ provider: 'openai', role: 'both' }, 'genAi.role is "both", none of "client", "server"'],
  [{ provider: 'openai', requestModel: null }, 'genAi.requestModel is null, not a name'],
  [{ provider: 'openai', responseModel: '' }, 'genAi.responseModel is "", not a name'],
  [{ provider: 'openai', server: 'example.com' }, 'genAi.server is "example.com", not an address and a port'],
  [{ provider: 'openai', server: { port: 80 } }, 'genAi.server.address is undefined, not a name'],
  [{ provider: 'openai', server: { address: 'a', port: 0 } }, 'genAi.server.port is 0, not a port'],
  [{ provider: 'openai', usage: {} }, 'genAi.usage is [object Object], not a function'],
  [{ provider: 'openai', tokensOf: 1 }, 'genAi.tokensOf is 1, not a function'],
])('the option %j throws: %s', (genAi, message) => {
  const { metrics } = chatModel();
  expect(() => metrics.wrap(() => 1, { genAi: genAi as never })).toThrow(message);
});
