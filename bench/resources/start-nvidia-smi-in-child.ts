import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Registry } from '@modelmeter/core';
import { reportResources } from '@modelmeter/system';
import { blockProbe } from '../measure/process-probes.ts';

// A process that reports GPUs, from a script in place of nvidia-smi, then takes a gigabyte of memory, and has nvidia-smi started again. It tells its
// parent how long that blocked it, and ends.

const BYTES = 2 ** 30;
const PIECES = 16;
const LOOKS = 50;

export interface NvidiaSmiStarts {
  /** Of the shell that starts it, in the process as it is at its beginning. */
  readonly shellMilliseconds: number;
  /** By the shell. */
  readonly startMilliseconds: number;
  /** By Node, in the process itself. */
  readonly spawnMilliseconds: number;
}

process.on('disconnect', () => process.exit());
const folder = mkdtempSync(join(tmpdir(), 'nvidia-smi-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
const nvidiaSmi = join(folder, 'nvidia-smi');
writeFileSync(nvidiaSmi, `#!/bin/sh\necho $$ >> '${folder}/starts'\nexec sleep 100\n`, { mode: 0o755 });
writeFileSync(join(folder, 'starts'), '');
const starts = async () => (await readFile(join(folder, 'starts'), 'utf8')).split('\n').filter(Boolean).map(Number);
const probe = blockProbe({ withoutGarbage: true });

async function longestBlock(action: () => void, isOver: () => Promise<boolean>): Promise<number> {
  await sleep(100);
  await probe.start();
  action();
  while (!(await isOver())) await sleep(5);
  return probe.stop()['longestBlockMilliseconds'] ?? NaN;
}

/** Has the probe compiled, and collected what was left behind. */
async function warmUp(): Promise<void> {
  let looks = 0;
  await longestBlock(
    () => {},
    async () => ++looks > LOOKS,
  );
}

await warmUp();
const report = () => reportResources({ registry: new Registry(), hostLock: false, nvidiaSmi });
const shellMilliseconds = await longestBlock(report, async () => (await starts()).length === 1);
const memory = Array.from({ length: PIECES }, () => Buffer.alloc(BYTES / PIECES, 1));
const [first = NaN] = await starts();
await warmUp();
const startMilliseconds = await longestBlock(
  () => process.kill(first, 'SIGKILL'),
  async () => (await starts()).length === 2,
);
const spawnMilliseconds = await longestBlock(
  () => spawn(nvidiaSmi, { stdio: ['ignore', 'pipe', 'pipe'] }).unref(),
  async () => (await starts()).length === 3,
);
process.kill((await starts())[2] ?? NaN, 'SIGKILL');
process.send?.({ shellMilliseconds, startMilliseconds, spawnMilliseconds } satisfies NvidiaSmiStarts);
// It is held until here.
memory.length = 0;
