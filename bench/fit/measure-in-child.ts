import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type Contender, interleave } from '../measure/interleave.ts';
import { type Backend, loadTensorFlow } from './backends.ts';
import { fitVariants, tensorBoardVariants } from './fit-variants.ts';
import { STEPS, WORKLOADS } from './node-workloads.ts';
import { PacedFits, STEPS_A_TURN } from './paced-fits.ts';
import type { StepTimes } from './step-times.ts';

// Fits on one back end in a process of its own: argv is the back end and the number of epochs. It tells its parent what it measured and ends.

process.on('disconnect', () => process.exit());
const [backend, epochs] = process.argv.slice(2) as [Backend, string];
const tf = await loadTensorFlow(backend);
const logFolder = await mkdtemp(join(tmpdir(), 'modelmeter-bench-'));
const fits = new PacedFits(tf, WORKLOADS[backend]);
const contenders: Contender[] = [];
for (const variant of [...Object.values(fitVariants(tf)), ...tensorBoardVariants(tf, logFolder)])
  contenders.push(await fits.begin(variant));
const turnsAnEpoch = STEPS / STEPS_A_TURN;
const turns = await interleave(contenders, {
  rounds: Number(epochs) * turnsAnEpoch,
  times: STEPS_A_TURN,
  // What a fit leaves to the event loop would else be done in the time of the next one that gives it a turn.
  before: () => setImmediate(),
});
await rm(logFolder, { recursive: true });
process.send?.(Array.from(turns, ([name, nanoseconds]) => [name, meansOf(turnsAnEpoch, nanoseconds)] as const) satisfies StepTimes);

/** The means of so many figures each. */
function meansOf(count: number, figures: readonly number[]): readonly number[] {
  return Array.from({ length: figures.length / count }, (_, i) => {
    return figures.slice(i * count, (i + 1) * count).reduce((sum, one) => sum + one) / count;
  });
}
