import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Behaviour } from './fake-nvidia-smi.ts';
import { H100 } from './gpu-cells.ts';
import type { Ending } from './program.ts';
import { type Fake, lives, makeFake } from './start-fake.ts';

/** Runs a program to its end. */
async function run(ending: Ending, fake: Fake, signal?: NodeJS.Signals) {
  const program = spawn(process.execPath, [join(import.meta.dirname, 'program.ts'), ending, fake.program], {
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 15_000,
    killSignal: 'SIGKILL',
  });
  const ended = once(program, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  await once(program.stdout, 'data');
  expect(fake.starts()).toHaveLength(1);
  const livedBefore = lives(fake.starts()[0]?.pid ?? NaN);
  if (signal !== undefined) program.kill(signal);
  const [code, by] = await ended;
  return { code, signal: by, livedBefore };
}

function untilGone(fake: Fake): Promise<void> {
  return vi.waitFor(() => expect(lives(fake.starts()[0]?.pid ?? NaN)).toBe(false), { timeout: 10_000, interval: 10 });
}

test.for<[Ending, Behaviour, number]>([
  ['it has nothing more to do', 'replays', 0],
  ['it has nothing more to do', 'hangs and ignores SIGTERM', 0],
  ['it calls process.exit', 'replays', 3],
  ['it calls process.exit', 'hangs and ignores SIGTERM', 3],
  ['it throws', 'hangs and ignores SIGTERM', 1],
])('a program ends as it would without when %s, and so does an nvidia-smi that %s', async ([ending, behaviour, code]) => {
  const fake = makeFake(behaviour, [H100]);
  expect(await run(ending, fake)).toMatchObject({ code, signal: null });
  await untilGone(fake);
});

test.for<[NodeJS.Signals, Behaviour]>([
  ['SIGTERM', 'replays'],
  ['SIGINT', 'replays'],
  ['SIGKILL', 'replays'],
  ['SIGKILL', 'hangs and ignores SIGTERM'],
])('when %s ends the program, so does an nvidia-smi that %s', async ([signal, behaviour]) => {
  const fake = makeFake(behaviour, [H100]);
  expect(await run('it is killed', fake, signal)).toEqual({ code: null, signal, livedBefore: true });
  await untilGone(fake);
});
