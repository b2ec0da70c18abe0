import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Behaviour } from './fake-nvidia-smi.ts';
import type { GpuCells } from './gpu-cells.ts';

/** What a shell does in its place; it starts faster. */
export interface ShellScript {
  readonly script: string;
}

/** An executable that behaves like nvidia-smi, or worse. */
export interface Fake {
  readonly program: string;
  readonly folder: string;
  /** What each start was: the process, and its arguments. */
  starts(): { readonly pid: number; readonly args: string }[];
  /** From its next rows on. */
  setGpus(gpus: readonly GpuCells[]): void;
  /** From its next start on. */
  setBehaviour(behaviour: Behaviour | ShellScript): void;
}

export function makeFake(behaviour: Behaviour | ShellScript, gpus: readonly GpuCells[]): Fake {
  const folder = mkdtempSync(join(tmpdir(), 'nvidia-smi-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const program = join(folder, 'nvidia-smi');
  const replace = (path: string, text: string) => {
    writeFileSync(`${path}.new`, text);
    chmodSync(`${path}.new`, 0o755);
    renameSync(`${path}.new`, path);
  };
  const fake: Fake = {
    program,
    folder,
    starts: () =>
      readIfThere(join(folder, 'starts'))
        .split('\n')
        .filter(Boolean)
        .map((line) => ({ pid: Number.parseInt(line, 10), args: line.slice(line.indexOf(' ') + 1) })),
    setGpus: (now) => replace(join(folder, 'gpus.json'), JSON.stringify(now)),
    setBehaviour: (now) =>
      replace(program, `#!/bin/sh\n${typeof now === 'string' ? runFake(now, folder) : logStart(folder) + now.script}\n`),
  };
  fake.setGpus(gpus);
  fake.setBehaviour(behaviour);
  return fake;
}

/** `exec`, so that there is no second process. */
function runFake(behaviour: Behaviour, folder: string): string {
  return `exec '${process.execPath}' '${join(import.meta.dirname, 'fake-nvidia-smi.ts')}' '${behaviour}' '${folder}' "$@"`;
}

function logStart(folder: string): string {
  return `echo "$$ $*" >> '${folder}/starts'\n`;
}

/** Whether a process lives; one that has ended and waits to be noticed does not. */
export function lives(pid: number): boolean {
  const state = /^State:\s*(\S)/m.exec(readIfThere(`/proc/${pid}/status`))?.[1];
  return state !== undefined && state !== 'Z' && state !== 'X';
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
