import { withMetrics } from '@modelmeter/inference';

interface Answer {
  readonly tokens: number;
}

declare function ask(): Promise<Answer>;
declare function write(): AsyncGenerator<string, void, void>;
declare function writeNow(): Generator<string, number, string>;
declare function stream(): Promise<AsyncIterable<Answer>>;
/** As clients have them: with or without a stream. */
declare function chat(options: { readonly stream: true }): Promise<AsyncIterable<{ readonly chunkTokens: number }>>;
declare function chat(options: { readonly stream: boolean }): Promise<AsyncIterable<{ readonly chunkTokens: number }> | Answer>;

const options = { model: 'gpt', operation: 'generate' } as const;
const provider = 'openai';

withMetrics(ask, { ...options, genAi: { provider, usage: ({ tokens }) => ({ outputTokens: tokens }) } });
withMetrics(stream, { ...options, genAi: { provider, usage: ({ tokens }) => ({ outputTokens: tokens }) } });
withMetrics(write, { ...options, genAi: { provider, tokensOf: (chunk) => chunk.length } });
withMetrics(writeNow, { ...options, genAi: { provider, tokensOf: (chunk) => chunk.length } });
withMetrics(chat, { ...options, genAi: { provider, tokensOf: (part) => ('tokens' in part ? part.tokens : part.chunkTokens) } });
withMetrics(ask, { ...options, genAi: { provider, usage: () => undefined } });

// @ts-expect-error -- The provider is missing.
withMetrics(ask, { ...options, genAi: {} });
// @ts-expect-error -- A chunk is a string.
withMetrics(write, { ...options, genAi: { provider, tokensOf: ({ tokens }) => tokens } });
// @ts-expect-error -- It is no number of anything.
withMetrics(ask, { ...options, genAi: { provider, usage: ({ tokens }) => tokens } });
