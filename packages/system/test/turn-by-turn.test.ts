import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { TurnByTurn } from '../src/turn-by-turn.ts';

test('each step has a turn of the event loop, in the order in which they were added', async () => {
  const done: string[] = [];
  const turns = new TurnByTurn();
  turns.add(() => {
    done.push('first');
    turns.add(() => done.push('added by the first'));
  });
  turns.add(() => done.push('second'));
  expect(done).toEqual([]);
  const after: string[][] = [];
  for (let turn = 0; turn < 3; turn++) {
    await nextTurn();
    after.push([...done]);
  }
  expect(after).toEqual([['first'], ['first', 'second'], ['first', 'second', 'added by the first']]);
  turns.add(() => done.push('later'));
  await nextTurn();
  expect(done.at(-1)).toBe('later');
});

test('what is left when it is stopped is not done, and it may go on afterwards', async () => {
  const done: string[] = [];
  const turns = new TurnByTurn();
  turns.add(() => done.push('before'));
  turns.add(() => done.push('left'));
  await nextTurn();
  turns.stop();
  await nextTurn();
  expect(done).toEqual(['before']);
  turns.add(() => done.push('after'));
  await nextTurn();
  expect(done).toEqual(['before', 'after']);
});
