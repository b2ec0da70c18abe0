import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { inferenceMetrics as metric } from '@modelmeter/core';
import { describe, expect, test } from 'vitest';
import { measuredModel } from './measured-model.ts';
import { webStreamOf } from './web-stream-of.ts';

const WORDS = ['a', 'small', 'answer'];

/** A measured model and functions that answer with a word a second, each in a way of its own. */
function streamingModel() {
  const measured = measuredModel();
  const { clock, metrics } = measured;
  function* generate(): Generator<string, number, void> {
    for (const word of WORDS) {
      clock.advance(1);
      yield word;
    }
    clock.advance(1);
    return WORDS.length;
  }
  async function* generateLater(): AsyncGenerator<string, number, void> {
    return yield* generate();
  }
  class Chunks {
    async *[Symbol.asyncIterator](): AsyncGenerator<string> {
      yield* generate();
    }
  }
  return {
    ...measured,
    generate: metrics.wrap(generate),
    generateLater: metrics.wrap(generateLater),
    iterable: metrics.wrap(() => new Chunks()),
    promised: metrics.wrap(async () => new Chunks()),
    webStream: metrics.wrap(() => webStreamOf(generate())),
    nodeStream: metrics.wrap(() => Readable.from(generate())),
    Chunks,
  };
}

type StreamingModel = ReturnType<typeof streamingModel>;

const ANSWERS: [string, (model: StreamingModel) => Promise<AsyncIterable<string> | Iterable<string>>][] = [
  ['a generator', async (model) => model.generate()],
  ['an async generator', async (model) => model.generateLater()],
  ['an async iterable', async (model) => model.iterable()],
  ['a promise of an async iterable', (model) => model.promised()],
  ['a web stream', async (model) => model.webStream()],
  ['a Node stream', async (model) => model.nodeStream()],
];

describe.each(ANSWERS)('%s', (kind, ask) => {
  test('is a request until its end, with the time to its first chunk', async () => {
    const model = streamingModel();
    const stream = await ask(model);
    expect(await model.requests()).toMatchObject({ succeeded: { count: 0 }, active: 1 });
    const words: string[] = [];
    for await (const word of stream) words.push(word);
    expect(words).toEqual(WORDS);
    expect(await model.requests()).toMatchObject({ succeeded: { count: 1, seconds: 4 }, failed: {}, active: 0 });
    const values = await model.collect();
    expect(values.count(metric.inferenceTimeToFirstChunk)).toBe(1);
    // A Node stream has read ahead when its first chunk is read.
    expect(values.value(metric.inferenceTimeToFirstChunk)).toBeGreaterThanOrEqual(1);
    expect(values.value(metric.inferenceTimeToFirstChunk)).toBeLessThanOrEqual(kind === 'a Node stream' ? 4 : 1);
  });

  test('that is left early was cancelled', async () => {
    const model = streamingModel();
    for await (const _word of await ask(model)) break;
    await setImmediate();
    expect(await model.requests()).toMatchObject({ succeeded: { count: 0 }, failed: { cancelled: 1 }, active: 0 });
  });

  test('counts again when the function is called again', async () => {
    const model = streamingModel();
    for (let i = 0; i < 3; i++) for await (const _word of await ask(model));
    expect(await model.requests()).toMatchObject({ succeeded: { count: 3, seconds: 12 }, active: 0 });
  });
});

test('a generator keeps what it returns and takes what is sent to it', async () => {
  const { metrics, requests } = measuredModel();
  const echo = metrics.wrap(function* (): Generator<string, string, string> {
    const heard = yield 'hello';
    return `you said ${heard}`;
  });
  const talk = echo();
  expect(talk.next()).toEqual({ value: 'hello', done: false });
  expect(talk.next('bye')).toEqual({ value: 'you said bye', done: true });
  expect(talk.next()).toEqual({ value: undefined, done: true });
  expect(talk[Symbol.iterator]()).toBe(talk);
  expect(await requests()).toMatchObject({ succeeded: { count: 1 }, active: 0 });
});

test('a stream that fails has the type of its error, and its reader gets the error', async () => {
  const { metrics, requests } = measuredModel();
  const error = new Error('lost connection');
  const failing = metrics.wrap(async function* () {
    yield 1;
    throw error;
  });
  const reading = (async () => {
    for await (const _ of failing());
  })();
  await expect(reading).rejects.toBe(error);
  expect(await requests()).toMatchObject({ failed: { _OTHER: 1 }, active: 0 });
});

test('a Node stream that fails has the type of its error, and nobody listens to it because of us', async () => {
  const { metrics, requests } = measuredModel();
  const stream = metrics.wrap(() => new Readable({ read() {} }))();
  expect(stream.eventNames()).not.toContain('error');
  const error = new Promise((resolve) => stream.once('error', resolve));
  stream.destroy(new Error('lost connection'));
  expect(await error).toMatchObject({ message: 'lost connection' });
  expect(await requests()).toMatchObject({ failed: { _OTHER: 1 }, active: 0 });
});

test('an error thrown into a generator that handles it does not end the request', async () => {
  const { metrics, requests } = measuredModel();
  const patient = metrics.wrap(function* () {
    try {
      yield 1;
    } catch {
      yield 2;
    }
  })();
  patient.next();
  expect(patient.throw(new Error('try'))).toEqual({ value: 2, done: false });
  expect(await requests()).toMatchObject({ active: 1 });
  expect(patient.next().done).toBe(true);
  expect(await requests()).toMatchObject({ succeeded: { count: 1 }, failed: {}, active: 0 });
});

test('a generator that yields in its finally goes on until it is done', async () => {
  const { metrics, requests } = measuredModel();
  const stubborn = metrics.wrap(function* () {
    try {
      yield 1;
    } finally {
      yield 2;
    }
  })();
  stubborn.next();
  expect(stubborn.return(undefined)).toEqual({ value: 2, done: false });
  expect(await requests()).toMatchObject({ active: 1 });
  stubborn.next();
  expect(await requests()).toMatchObject({ active: 0 });
});

test('a web stream that is piped, teed or sent is seen to its end', async () => {
  const model = streamingModel();
  expect(await new Response(model.webStream().pipeThrough(new TextEncoderStream())).text()).toBe(WORDS.join(''));
  const [one, other] = model.webStream().tee();
  for (const stream of [one, other]) for await (const _ of stream);
  expect(await model.requests()).toMatchObject({ succeeded: { count: 2, seconds: 8 }, failed: {}, active: 0 });
});

test.each<[string, unknown]>([
  ['an array', [1, 2]],
  ['a map', new Map([[1, 2]])],
  ['a string', 'abc'],
  ['a typed array', new Float32Array(3)],
  ['null', null],
  ['undefined', undefined],
  ['a function', () => 1],
  ['a proxy that throws at every question', new Proxy({}, { get: () => raise(), has: () => raise(), getPrototypeOf: () => raise() })],
])('%s is a result, not a stream', async (_what, result) => {
  const { metrics, requests } = measuredModel();
  expect(Object.is(metrics.wrap(() => result)(), result)).toBe(true);
  expect(await requests()).toMatchObject({ succeeded: { count: 1 }, active: 0 });
});

function raise(): never {
  throw new Error('asked');
}
