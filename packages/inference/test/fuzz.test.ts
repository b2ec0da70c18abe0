import { setImmediate } from 'node:timers/promises';
import { attributes as attribute, inferenceMetrics as metric } from '@modelmeter/core';
import { PseudoRandom } from '@modelmeter/test-kit/pseudo-random';
import { expect, test } from 'vitest';
import { measuredModel, type MeasuredModel } from './measured-model.ts';

const CALLS = 300;

type Outcome = 'succeeded' | 'cancelled' | 'timeout' | '_OTHER';

const ERRORS: Readonly<Record<Exclude<Outcome, 'succeeded'>, () => Error>> = {
  cancelled: () => Object.assign(new Error('left'), { name: 'AbortError' }),
  timeout: () => Object.assign(new Error('late'), { name: 'TimeoutError' }),
  _OTHER: () => new Error('other'),
};

/** One call of a random kind that ends in a way known beforehand. */
async function call(random: PseudoRandom, { metrics }: MeasuredModel): Promise<Outcome> {
  const outcome = random.pick<Outcome>(['succeeded', 'succeeded', 'cancelled', 'timeout', '_OTHER']);
  const error = outcome === 'succeeded' ? undefined : ERRORS[outcome]();
  const finish = <T>(value: T): T => {
    if (error !== undefined) throw error;
    return value;
  };
  const pause = async () => {
    for (let turns = random.below(3); turns > 0; turns--) await setImmediate();
  };
  const chunks = random.below(4);
  const kinds: (() => Promise<unknown>)[] = [
    async () => metrics.wrap(() => finish(1))(),
    async () =>
      metrics.wrap(async () => {
        await pause();
        return finish(1);
      })(),
    async () => {
      for (const _ of metrics.wrap(function* () {
        for (let i = 0; i < chunks; i++) yield i;
        finish(1);
      })());
    },
    async () => {
      for await (const _ of metrics.wrap(async function* () {
        for (let i = 0; i < chunks; i++) {
          await pause();
          yield i;
        }
        finish(1);
      })());
    },
    async () =>
      metrics.run(async () => {
        await pause();
        return metrics.stage('inner', () => finish(1));
      }),
    async () => {
      const span = metrics.begin();
      await pause();
      if (error === undefined) span.end();
      else span.fail(error);
      if (random.below(2)) span.end();
    },
  ];
  if (random.below(8) === 0) {
    // Left before its end, whatever that would have been.
    for await (const _ of metrics.wrap(async function* () {
      yield 1;
      finish(1);
    })())
      break;
    return 'cancelled';
  }
  const thrown = await random
    .pick(kinds)()
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  // The one by hand tells the error to its span alone.
  if (thrown !== undefined && thrown !== error) throw new Error('another error came out', { cause: thrown });
  return outcome;
}

test.each(Array.from({ length: 20 }, (_, i) => i))(
  'random calls, many at a time, are counted exactly by outcome, and none stays in flight: seed %i',
  async (seed) => {
    const random = new PseudoRandom(seed);
    const model = measuredModel();
    const outcomes = await Promise.all(Array.from({ length: CALLS }, () => call(random, model)));
    const expected: Record<string, number> = {};
    for (const outcome of outcomes) expected[outcome] = (expected[outcome] ?? 0) + 1;
    const { succeeded, ...failed } = expected;
    expect(await model.requests()).toMatchObject({ succeeded: { count: succeeded }, failed, active: 0 });
    const durations = (await model.collect())
      .all(metric.inferenceDuration)
      .map(([attributes, value]) => [attributes[attribute.errorType.key] ?? 'succeeded', (value as { count: number }).count]);
    expect(Object.fromEntries(durations)).toEqual(expected);
  },
);
