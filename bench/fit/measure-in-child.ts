import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type Contender, interleave } from '../measure/interleave.ts';
import { type Backend, loadTensorFlow } from './backends.ts';
import { fitVariants, tensorBoardVariants } from './fit-variants.ts';
import { WORKLOADS } from './node-workloads.ts';
import { PacedFits, STEPS_A_TURN } from './paced-fits.ts';
import { withProcessorTime } from './processor-time.ts';
import type { TurnTimes } from './step-times.ts';

// Fits on one back end in a process of its own: argv is the back end, what competes, and how many turns each takes unmeasured and measured. It tells its
// parent what it measured and ends.

process.on('disconnect', () => process.exit());
const [backend, competition, warmUps, rounds] = process.argv.slice(2) as [Backend, 'pairs' | 'all', string, string];
const tf = await loadTensorFlow(backend);
const logFolder = await mkdtemp(join(tmpdir(), 'modelmeter-bench-'));
const fits = new PacedFits(tf, WORKLOADS[backend]);
const { none, noneAgain, ours, ...others } = fitVariants(tf);
const pairs = [none, noneAgain, ours];
const competing = competition === 'pairs' ? pairs : [...pairs, ...Object.values(others), ...tensorBoardVariants(tf, logFolder)];
const contenders: Contender[] = [];
for (const variant of competing) contenders.push(await fits.begin(variant));
const watched = withProcessorTime(contenders);
const turns = await interleave(watched.measured, {
  rounds: Number(rounds),
  times: STEPS_A_TURN,
  warmUps: Number(warmUps),
  before: async () => {
    // What a fit leaves to the event loop would else be done in the time of the next one that gives it a turn.
    await setImmediate();
    // In pairs what one fit leaves to the collector is not collected in the time of another either.
    if (competition === 'pairs') globalThis.gc?.({ type: 'minor' });
  },
});
await rm(logFolder, { recursive: true });
process.send?.({ elapsed: [...turns], processor: watched.processorTimes(Number(rounds)) } satisfies TurnTimes);
