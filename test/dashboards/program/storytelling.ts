import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Registry } from '@modelmeter/core';
import { measureInference, withMetrics } from '@modelmeter/inference';
import { inferenceHandler } from '@modelmeter/inference/node-http';
import { Counted } from './counted.ts';
import { VERSIONS } from './facts.ts';
import type { ModelServer } from './serving.ts';

const WORDS = ['once ', 'upon ', 'a ', 'time ', 'a ', 'model ', 'served'];
const WORD_MILLISECONDS = 40;
const INPUT_TOKENS = 12;
const FAILS_EVERY = 4;

export const SERVED = 'storyteller';
export const ASKED = 'gpt-scripted';

interface Word {
  readonly text: string;
  readonly usage?: { readonly inputTokens: number; readonly outputTokens: number };
}

async function* tell(): AsyncGenerator<Word> {
  for (const [i, text] of WORDS.entries()) {
    await sleep(WORD_MILLISECONDS);
    yield i < WORDS.length - 1 ? { text } : { text, usage: { inputTokens: INPUT_TOKENS, outputTokens: WORDS.length } };
  }
}

/** Serves a language model that always tells the same, word by word, and asks one of somebody else's for the same. */
export function serveStories(server: ModelServer, registry: Registry) {
  const metrics = measureInference({
    model: SERVED,
    version: VERSIONS.storyteller[0],
    operation: 'generate',
    buckets: 'generative',
    system: 'scripted',
    registry,
  });
  const usage = (word: Word) => word.usage;
  const measured = metrics.wrap(tell, { genAi: { provider: 'scripted', role: 'server', operation: 'text_completion', usage } });
  const answer = async (response: ServerResponse) => {
    for await (const { text } of measured()) response.write(text);
    response.end();
  };
  server.add(
    `/${SERVED}`,
    inferenceHandler((_request: IncomingMessage, response: ServerResponse) => void answer(response), metrics, { streams: true }),
  );

  const requests = new Counted<{ model: string; version: string; outcome: string }>();
  let [asked, answered] = [0, 0];
  const ask = withMetrics(
    async () => {
      await sleep(WORD_MILLISECONDS);
      if (asked % FAILS_EVERY === 0) throw new Error('on purpose');
      return tell();
    },
    {
      model: ASKED,
      operation: 'generate',
      buckets: 'generative',
      registry,
      genAi: { provider: 'openai', server: { address: 'localhost', port: 443 }, usage },
    },
  );
  const askOnce = async () => {
    asked++;
    const story = await ask();
    for await (const _word of story);
    answered++;
  };

  return {
    requests,
    tokens: () => [{ model: ASKED, input: answered * INPUT_TOKENS, output: answered * WORDS.length }],
    /** One story of each, both to their ends. */
    async tellOne() {
      const served = fetch(`${server.url}/${SERVED}`).then((response) => response.text());
      const outcome = await askOnce().then(
        () => 'none',
        () => '_OTHER',
      );
      await served;
      requests.add({ model: SERVED, version: VERSIONS.storyteller[0], outcome: 'none' });
      requests.add({ model: ASKED, version: '', outcome });
    },
  };
}
