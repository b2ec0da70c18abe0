import { describe, expect, test } from 'vitest';
import { deviceReads, readOwn } from '../../src/tensors/device-reads.ts';
import type { ScalarLike } from '../../src/tf-like.ts';

const never = () => {
  throw new Error('called');
};

/** A scalar that remembers how it was treated; `answer` is when its data comes. */
function scalar(value: number, answer: Promise<void> = Promise.resolve()) {
  const log: string[] = [];
  const make = (name: string): ScalarLike => ({
    isDisposed: false,
    clone: () => make(`${name} copy`),
    data: async () => {
      log.push(`asked for ${name}`);
      await answer;
      return [value];
    },
    dataSync: () => {
      log.push(`waited for ${name}`);
      return [value];
    },
    dispose: () => void log.push(`disposed of ${name}`),
  });
  return { tensor: make('scalar'), log };
}

describe.each(['cpu', 'wasm', 'tensorflow'])('on %s, where it waits for nothing,', (backend) => {
  test('a value of the logs is there at once and belongs to tfjs', () => {
    const taken: number[] = [];
    const { tensor, log } = scalar(2);
    const reads = deviceReads(backend, never);
    reads.logged(tensor, (value) => taken.push(value));
    reads.logged(3, (value) => taken.push(value));
    reads.logged(undefined, never);
    expect(taken).toEqual([2, 3]);
    expect(log).toEqual(['waited for scalar']);
  });

  test('values of our own are there at once, and disposed of even where nobody can take them', () => {
    const { tensor, log } = scalar(2);
    const take = () => {
      throw new Error('no');
    };
    expect(() => readOwn(deviceReads(backend, never), [tensor], take)).toThrow('no');
    expect(log).toEqual(['waited for scalar', 'disposed of scalar']);
  });
});

describe.each(['webgl', 'webgpu', 'of the future'])('on %s', (backend) => {
  test('a value of the logs is asked for by a copy, taken when it comes, and the copy disposed of', async () => {
    let answer = () => {};
    const answered = new Promise<void>((resolve) => (answer = resolve));
    const taken: number[] = [];
    const { tensor, log } = scalar(2, answered);
    const reads = deviceReads(backend, never);
    reads.logged(tensor, (value) => taken.push(value));
    reads.logged(3, (value) => taken.push(value));
    expect(taken).toEqual([3]);
    answer();
    await reads.arrived();
    expect(taken).toEqual([3, 2]);
    expect(log).toEqual(['asked for scalar copy', 'disposed of scalar copy']);
    expect(reads.arrived()).toBeUndefined();
  });

  test('one that never comes is an error of ours alone, and what was asked for is disposed of', async () => {
    const errors: unknown[] = [];
    const lost = new Error('device lost');
    const [first, second] = [scalar(1), scalar(2, Promise.reject(lost))];
    const reads = deviceReads(backend, (error) => errors.push(error));
    readOwn(reads, [first.tensor, second.tensor], never);
    await reads.arrived();
    expect(errors).toEqual([lost]);
    expect([first.log.at(-1), second.log.at(-1)]).toEqual(['disposed of scalar', 'disposed of scalar']);
  });
});

test('a device that is lost is not waited for without end', async () => {
  const reads = deviceReads('webgpu', never);
  reads.logged(scalar(1, new Promise(() => {})).tensor, never);
  await reads.arrived(0.01);
  expect(reads.arrived()).toBeDefined();
});
