import { FakeClock } from '@modelmeter/test-kit/fake-clock';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { BackgroundReader } from '../src/background-reader.ts';

beforeEach(() => {
  vi.useFakeTimers();
  // After the readers have been stopped.
  onTestFinished(() => void vi.useRealTimers());
});

function readerOf(read: () => Promise<number>) {
  const clock = new FakeClock();
  const reader = new BackgroundReader(read, { everySeconds: 4, timeoutSeconds: 2, maxAgeSeconds: 8, clock });
  onTestFinished(() => reader.stop());
  return {
    reader,
    pass: async (seconds: number) => {
      clock.advance(seconds);
      await vi.advanceTimersByTimeAsync(seconds * 1000);
    },
  };
}

test('it reads soon and then every few seconds', async () => {
  let count = 0;
  const { reader, pass } = readerOf(async () => ++count);
  expect(reader.value).toBeUndefined();
  await pass(0);
  expect(reader.value).toBe(1);
  await pass(4);
  expect(reader.value).toBe(2);
  expect(reader.failure).toBeUndefined();
});

test('the last good value is told while readings fail, up to its age limit', async () => {
  const read = vi.fn<() => Promise<number>>().mockResolvedValueOnce(7).mockRejectedValue(new Error('gone'));
  const { reader, pass } = readerOf(read);
  await pass(0);
  expect([reader.value, reader.failure]).toEqual([7, undefined]);
  await pass(4);
  expect([reader.value, reader.failure?.message]).toEqual([7, 'gone']);
  await pass(4);
  expect([reader.value, reader.failure?.message]).toEqual([7, 'gone']);
  await pass(0.5);
  expect([reader.value, reader.failure?.message]).toEqual([undefined, 'gone']);
  read.mockResolvedValue(9);
  await pass(4);
  expect([reader.value, reader.failure]).toEqual([9, undefined]);
});

test('a reading that hangs fails in time, is not begun again, and is good when it is over after all', async () => {
  let answer: (value: number) => void = () => {};
  const read = vi.fn<() => Promise<number>>(() => new Promise((resolve) => (answer = resolve)));
  const { reader, pass } = readerOf(read);
  await pass(1);
  expect(reader.failure).toBeUndefined();
  await pass(1);
  expect(reader.failure?.message).toBe('no answer within 2 s');
  await pass(12);
  expect(read).toHaveBeenCalledOnce();
  answer(5);
  await pass(0);
  expect([reader.value, reader.failure]).toEqual([5, undefined]);
  await pass(4);
  expect(read).toHaveBeenCalledTimes(2);
});

test('it reads no more once it is stopped', async () => {
  const read = vi.fn<() => Promise<number>>().mockResolvedValue(1);
  const { reader, pass } = readerOf(read);
  await pass(0);
  reader.stop();
  await pass(20);
  expect(read).toHaveBeenCalledOnce();
});

test('stopped at once, it reads nothing', async () => {
  const read = vi.fn<() => Promise<number>>();
  const { reader, pass } = readerOf(read);
  reader.stop();
  await pass(20);
  expect(read).not.toHaveBeenCalled();
});
