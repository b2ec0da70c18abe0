import { Readable } from 'node:stream';
import type { FakeClock } from '@modelmeter/test-kit/fake-clock';
import { type MeasuredModel, measuredModel } from '../measured-model.ts';
import { webStreamOf } from '../web-stream-of.ts';

/** A chunk of a chat, shaped as OpenAI's. */
export interface Chunk {
  readonly text: string;
  readonly usage: { readonly prompt_tokens: number; readonly completion_tokens: number } | null;
}

/** What comes after how many seconds; at last the end. */
export type Script = readonly { readonly after: number; readonly chunk?: Chunk; readonly error?: Error }[];

export const word = (text: string): Chunk => ({ text, usage: null });

/** Words after 2, 0.5 and 0.25 seconds, then what it cost, then the end: 4 seconds in all. */
export const CHAT: Script = [
  { after: 2, chunk: word('Hello') },
  { after: 0.5, chunk: word(' dear') },
  { after: 0.25, chunk: word(' reader') },
  { after: 0.25, chunk: { text: '', usage: { prompt_tokens: 11, completion_tokens: 3 } } },
  { after: 1 },
];

export const usage = ({ usage }: Chunk) => usage && { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens };

/** As the stream of a client library: an object that can be iterated and has methods of its own. */
export class ChatStream implements AsyncIterable<Chunk> {
  readonly controller = new AbortController();
  readonly #chunks: () => AsyncGenerator<Chunk>;

  constructor(chunks: () => AsyncGenerator<Chunk>) {
    this.#chunks = chunks;
  }

  [Symbol.asyncIterator](): AsyncGenerator<Chunk> {
    return this.#chunks();
  }
}

/** As the promise of a client library: it asks when it is awaited, not before. */
export class LazyAnswer<T> implements PromiseLike<T> {
  readonly #ask: () => Promise<T>;

  constructor(ask: () => Promise<T>) {
    this.#ask = ask;
  }

  // oxlint-disable-next-line unicorn/no-thenable -- It is what is tested.
  then<A = T, B = never>(
    fulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    rejected?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#ask().then(fulfilled, rejected);
  }
}

function* play(script: Script, clock: FakeClock): Generator<Chunk, void, void> {
  for (const { after, chunk, error } of script) {
    clock.advance(after);
    if (error) throw error;
    if (chunk) yield chunk;
  }
}

async function* playLater(script: Script, clock: FakeClock): AsyncGenerator<Chunk, void, void> {
  yield* play(script, clock);
}

/** Ways to answer with a stream. */
export const STREAMS: Readonly<Record<string, (script: Script, clock: FakeClock) => unknown>> = {
  'a generator': play,
  'an async generator': playLater,
  'the stream of a client library': (script, clock) => new ChatStream(() => playLater(script, clock)),
  'a promise of such a stream': async (script, clock) => new ChatStream(() => playLater(script, clock)),
  'a promise that begins when awaited': (script, clock) => new LazyAnswer(async () => new ChatStream(() => playLater(script, clock))),
  'a web stream': (script, clock) => webStreamOf(play(script, clock)),
  'a Node stream': (script, clock) => Readable.from(playLater(script, clock), { highWaterMark: 0 }),
};

/** Reads all of an answer, or as many chunks as asked for. */
export async function read(answer: unknown, atMost = Infinity): Promise<string> {
  let text = '';
  let count = 0;
  for await (const chunk of (await answer) as AsyncIterable<Chunk>) {
    text += chunk.text;
    if (++count >= atMost) break;
  }
  return text;
}

/** A model that is measured by a clock that scripts move. */
export function chatModel(): MeasuredModel {
  return measuredModel({ model: 'gpt', operation: 'generate', errorTypes: ['rate_limited'] });
}
