import { readFileSync } from 'node:fs';
import { diag } from '@opentelemetry/api';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { NvidiaSmiLauncher } from '../../src/gpu/nvidia-smi-launcher.ts';
import type { Behaviour } from './fake-nvidia-smi.ts';
import { H100 } from './gpu-cells.ts';
import { type Fake, lives, makeFake, type ShellScript } from './start-fake.ts';

interface Launched {
  readonly lines: string[];
  readonly ends: [reason: string, isMissing: boolean][];
  readonly end: () => void;
}

const ARGUMENTS = ['--query-gpu=uuid,name', '--format=csv,noheader,nounits', '-lms', '50'];
const ROW = `${H100.uuid}, ${H100.name}`;

function launcherOf(program: string, shell?: string): NvidiaSmiLauncher {
  const launcher = new NvidiaSmiLauncher(program, shell);
  onTestFinished(() => launcher.stop());
  return launcher;
}

function start(launcher: NvidiaSmiLauncher): Launched {
  const [lines, ends]: [string[], [string, boolean][]] = [[], []];
  const run = { onText: () => {}, onLine: (line: string) => lines.push(line), onEnd: (...end: [string, boolean]) => ends.push(end) };
  return { lines, ends, end: launcher.start(run, ARGUMENTS) };
}

const eventually = (assertion: () => void) => vi.waitFor(assertion, { timeout: 10_000, interval: 10 });
const parentOf = (pid: number) => Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

/** Waits until the fake has been started so often, and lives. @returns its process. */
async function started(fake: Fake, starts: number): Promise<number> {
  await eventually(() => expect(fake.starts()).toHaveLength(starts));
  const pid = fake.starts().at(-1)?.pid ?? NaN;
  expect(lives(pid)).toBe(true);
  return pid;
}

const gone = (pid: number) => eventually(() => expect(lives(pid)).toBe(false));

function warningsOf(): string[] {
  const warnings: string[] = [];
  const logger = { warn: (message: string) => warnings.push(message), error() {}, info() {}, debug() {}, verbose() {} };
  diag.setLogger(logger, { suppressOverrideMessage: true });
  onTestFinished(() => diag.disable());
  return warnings;
}

describe.skipIf(process.platform !== 'linux').each([
  ['from a shell', undefined],
  ['by itself, where there is no shell', '/nowhere/sh'],
])('nvidia-smi is started %s', (_, shell) => {
  const launch = (behaviour: Behaviour | ShellScript) => {
    const fake = makeFake(behaviour, [H100]);
    const launcher = launcherOf(fake.program, shell);
    return { fake, launcher, run: start(launcher) };
  };

  test('with its arguments, and its lines are read', async () => {
    const { fake, run } = launch('replays');
    await eventually(() => expect(run.lines.length).toBeGreaterThan(1));
    expect(new Set(run.lines)).toEqual(new Set([ROW]));
    expect(fake.starts()[0]?.args).toBe(ARGUMENTS.join(' '));
  });

  test('and what it says when it fails is read, with its exit status', async () => {
    const { run } = launch({ script: 'echo No driver >&2; exit 9' });
    await eventually(() => expect(run.ends).toEqual([['it ended with exit status 9', false]]));
    expect(run.lines).toContain('No driver');
  });

  test('and ended, whatever it does, when it is to end; nothing is told of it then, and it may be started again', async () => {
    const { fake, launcher, run } = launch('hangs and ignores SIGTERM');
    await eventually(() => expect(run.lines).toEqual([ROW]));
    const pid = await started(fake, 1);
    run.end();
    await gone(pid);
    const again = start(launcher);
    await started(fake, 2);
    await eventually(() => expect(again.lines).toEqual([ROW]));
    expect([run.lines, run.ends]).toEqual([[ROW], []]);
  });

  test('and ended when nothing is to be started any more', async () => {
    const { fake, launcher, run } = launch('replays');
    await eventually(() => expect(run.lines).toContain(ROW));
    launcher.stop();
    run.end();
    await gone(await started(fake, 1).catch(() => fake.starts()[0]?.pid ?? NaN));
    expect(run.ends).toEqual([]);
  });

  test('not at all where it was to end at once', async () => {
    const { fake, launcher, run } = launch('replays');
    run.end();
    const second = start(launcher);
    await eventually(() => expect(second.lines).toContain(ROW));
    expect([fake.starts().length, run.lines]).toEqual([1, []]);
  });

  test('and one that is not there is missing', async () => {
    const run = start(launcherOf('/nowhere/nvidia-smi', shell));
    await eventually(() => expect(run.ends.map(([, isMissing]) => isMissing)).toEqual([true]));
  });
});

describe.skipIf(process.platform !== 'linux')('the shell', () => {
  test('is one for all starts, and none of this process’s', async () => {
    const fake = makeFake({ script: 'exit 3' }, []);
    const launcher = launcherOf(fake.program);
    const parents = new Set<number>();
    fake.setBehaviour('says nothing');
    for (let starts = 1; starts <= 3; starts++) {
      const { end } = start(launcher);
      const pid = await started(fake, starts);
      parents.add(parentOf(pid));
      end();
      await gone(pid);
    }
    expect(parents.size).toBe(1);
    expect(parents.has(process.pid)).toBe(false);
    expect(parentOf([...parents][0] ?? NaN)).toBe(process.pid);
  });

  test('is started before it is needed', async () => {
    const fake = makeFake('says nothing', []);
    const launcher = launcherOf(fake.program);
    const shells = () => readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean);
    const before = new Set(shells());
    await eventually(() => expect(shells().filter((pid) => !before.has(pid))).toHaveLength(1));
    const [shell] = shells().filter((pid) => !before.has(pid));
    start(launcher);
    expect(parentOf(await started(fake, 1))).toBe(Number(shell));
  });

  test('goes on when Ctrl-C ends others, and so does what it has started', async () => {
    const fake = makeFake({ script: `while :; do echo '${ROW}'; sleep 0.05; done` }, []);
    const { lines } = start(launcherOf(fake.program));
    await eventually(() => expect(lines).toContain(ROW));
    const pid = await started(fake, 1);
    for (const one of [pid, parentOf(pid)]) process.kill(one, 'SIGINT');
    const { length } = lines;
    await eventually(() => expect(lines.length).toBeGreaterThan(length + 2));
    expect(fake.starts()).toHaveLength(1);
  });

  test('that was killed takes what it has started with it, and the next start has another', async () => {
    const fake = makeFake('hangs after its first rows', [H100]);
    const launcher = launcherOf(fake.program);
    const run = start(launcher);
    const pid = await started(fake, 1);
    process.kill(parentOf(pid), 'SIGKILL');
    await eventually(() => expect(run.ends).toEqual([['its shell ended with SIGKILL', false]]));
    await gone(pid);
    const again = start(launcher);
    await eventually(() => expect(again.lines).toEqual([ROW]));
  });

  test('is given up when what a script has started writes on and on after the end of the script', async () => {
    const fake = makeFake({ script: 'yes & echo $! > "$(dirname "$0")/writer"; wait' }, []);
    const { end } = start(launcherOf(fake.program));
    await started(fake, 1);
    await eventually(() => expect(readFileSync(`${fake.folder}/writer`, 'utf8')).toMatch(/\d\n/));
    const writer = Number(readFileSync(`${fake.folder}/writer`, 'utf8'));
    end();
    await gone(writer);
  });

  test('where it cannot be had, a warning says what that means, once', async () => {
    const warnings = warningsOf();
    const fake = makeFake('replays', [H100]);
    const launcher = launcherOf(fake.program, '/nowhere/sh');
    for (let starts = 1; starts <= 2; starts++) {
      const run = start(launcher);
      await eventually(() => expect(run.lines).toContain(ROW));
      run.end();
    }
    expect(warnings).toEqual([expect.stringContaining('each start of')]);
  });

  test('is not started where there is no such program', async () => {
    const warnings = warningsOf();
    const run = start(launcherOf('no-such-nvidia-smi', '/nowhere/sh'));
    await eventually(() => expect(run.ends).toEqual([['there is no no-such-nvidia-smi', true]]));
    expect(warnings).toEqual([]);
  });
});
