import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contender, interleave } from '../measure/interleave.ts';
import { type Backend, loadTensorFlow } from './backends.ts';
import { fitVariants, tensorBoardVariants } from './fit-variants.ts';
import { STEPS, WORKLOADS } from './node-workloads.ts';
import { PacedFits } from './paced-fits.ts';
import type { StepTimes } from './step-times.ts';

// Fits on one back end in a process of its own: argv is the back end and the number of rounds. It tells its parent what it measured and ends.

process.on('disconnect', () => process.exit());
const [backend, rounds] = process.argv.slice(2) as [Backend, string];
const tf = await loadTensorFlow(backend);
const logFolder = await mkdtemp(join(tmpdir(), 'modelmeter-bench-'));
const fits = new PacedFits(tf, WORKLOADS[backend]);
const contenders: Contender[] = [];
for (const variant of [...Object.values(fitVariants(tf)), ...tensorBoardVariants(tf, logFolder)])
  contenders.push(await fits.begin(variant));
const times = await interleave(contenders, { rounds: Number(rounds), times: STEPS });
await rm(logFolder, { recursive: true });
process.send?.([...times] satisfies StepTimes);
