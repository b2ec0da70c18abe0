import { expect, test } from 'vitest';
import { measuredModel } from './measured-model.ts';

test('a plain promise keeps what has been added to it', async () => {
  const { metrics, requests } = measuredModel();
  const cancel = () => 'cancelled';
  const promise = metrics.wrap(() => Object.assign(Promise.resolve(7), { cancel }))();
  expect(promise.cancel).toBe(cancel);
  expect(await promise).toBe(7);
  expect(await requests()).toMatchObject({ succeeded: { count: 1 }, active: 0 });
});

test('a promise of a class of its own stays what it is', async () => {
  class Answer extends Promise<number> {
    raw(): string {
      return 'raw';
    }
  }
  const { metrics, requests } = measuredModel();
  const answer = Answer.resolve(7) as Answer;
  const returned = metrics.wrap(() => answer)();
  expect(returned).toBe(answer);
  expect(returned.raw()).toBe('raw');
  expect(await requests()).toMatchObject({ active: 1 });
  expect(await returned).toBe(7);
  expect(await requests()).toMatchObject({ succeeded: { count: 1 }, active: 0 });
});

test('what begins only when it is awaited is not begun by us, and is a request until it settles', async () => {
  const { metrics, clock, requests } = measuredModel();
  let begun = 0;
  const lazy = metrics.wrap(
    (): PromiseLike<number> => ({
      // oxlint-disable-next-line unicorn/no-thenable -- It is what is tested.
      then(fulfilled, rejected) {
        begun++;
        clock.advance(3);
        return Promise.resolve(7).then(fulfilled, rejected);
      },
    }),
  );
  const query = lazy();
  expect(begun).toBe(0);
  expect(await query).toBe(7);
  expect(begun).toBe(1);
  expect(await requests()).toEqual({ succeeded: { count: 1, seconds: 3 }, failed: {}, active: 0 });
});

test('a rejection that nobody handles is still reported as unhandled, once', async () => {
  const { metrics } = measuredModel();
  const error = new Error('nobody cares');
  const unhandled: unknown[] = [];
  const listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (reason) => unhandled.push(reason));
  void metrics.wrap(() => Promise.reject(error))();
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.removeAllListeners('unhandledRejection');
  for (const listener of listeners) process.on('unhandledRejection', listener);
  expect(unhandled).toEqual([error]);
});
